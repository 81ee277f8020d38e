// SPDX-License-Identifier: Apache-2.0
#include "http/connection.hpp"

#include <cstring>
#include <utility>

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>

namespace sas::http {
namespace {

Error broken(const boost::system::error_code& failure) {
  const bool closed = failure == asio::error::eof || failure == asio::ssl::error::stream_truncated;
  return {.kind = ErrorKind::retry,
          .cause = ErrorCause::transport,
          .message = closed ? "the other side closed the connection" : failure.message()};
}

// Feeds the parser what is there. Done, or more must be received.
Result<void> feed(ResponseParser& parser, ReadBuffer& buffer) {
  const Result<std::size_t> used = parser.feed(buffer.unused());
  if (!used) return used.error();
  buffer.used(*used);
  return {};
}

asio::awaitable<Result<void>> receive_answer(Connection& connection, ResponseParser& parser,
                                             Progress& progress) {
  while (!parser.done()) {
    const auto received = co_await connection.transport->receive(connection.buffer.space());
    if (!received && received.error() == asio::error::eof && progress.answer_begun)
      co_return parser.end_of_stream();
    if (!received) co_return broken(received.error());
    progress.stage = "reading the answer of";
    progress.answer_begun = true;
    connection.buffer.received(*received);
    if (const auto fed = feed(parser, connection.buffer); !fed) co_return fed.error();
  }
  co_return Result<void>{};
}

}  // namespace

ReadBuffer::ReadBuffer() : bytes_(std::make_unique_for_overwrite<char[]>(kSize)) {}

std::span<char> ReadBuffer::space() {
  if (end_ == kSize && begin_ > 0) {
    std::memmove(bytes_.get(), bytes_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  return {bytes_.get() + end_, kSize - end_};
}

void ReadBuffer::used(std::size_t count) {
  begin_ += count;
  if (begin_ == end_) begin_ = end_ = 0;
}

asio::awaitable<Result<Answered>> converse(Connection& connection, std::string_view text,
                                           ResponseParser& parser, Progress& progress) {
  progress.stage = "sending the request to";
  const boost::system::error_code not_sent = co_await connection.transport->send(text);
  if (not_sent) co_return broken(not_sent);
  progress.stage = "waiting for the answer of";
  const Result<void> received = co_await receive_answer(connection, parser, progress);
  if (!received) co_return received.error();
  const bool reusable = parser.keep_alive() && connection.buffer.unused().empty();
  Answered answered{.response = parser.take(),
                    .connection = reusable ? Afterwards::reusable : Afterwards::spent};
  co_return std::move(answered);
}

}  // namespace sas::http
