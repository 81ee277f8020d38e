// SPDX-License-Identifier: Apache-2.0
#include "http/response_parser.hpp"

#include <limits>
#include <optional>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <fmt/format.h>

namespace sas::http {
namespace {

namespace beast = boost::beast;

constexpr std::uint32_t kMaxHeader = 64 * 1024;
constexpr unsigned kFirstFinal = 200;
constexpr unsigned kSwitchingProtocols = 101;

Error not_accepted(ErrorKind kind, std::string message) {
  return {.kind = kind, .cause = ErrorCause::transport, .message = std::move(message)};
}

Error explain(const boost::system::error_code& failure, std::uint64_t max_body) {
  using beast::http::error;
  if (failure == error::body_limit)
    return not_accepted(ErrorKind::give_up,
                        fmt::format("the answer's body is larger than {} bytes", max_body));
  if (failure == error::header_limit)
    return not_accepted(ErrorKind::give_up,
                        fmt::format("the answer's header is larger than {} bytes", kMaxHeader));
  if (failure == error::partial_message || failure == error::end_of_stream)
    return not_accepted(ErrorKind::retry, "the connection was closed before the end of the answer");
  return not_accepted(ErrorKind::retry, fmt::format("the answer is not HTTP/1.1: {}", failure.message()));
}

}  // namespace

struct ResponseParser::Parser {
  Parser(Body body_expected, std::uint64_t body_limit) : body(body_expected), max_body(body_limit) {
    restart();
  }

  void restart() {
    parser.emplace();
    parser->eager(true);
    parser->header_limit(kMaxHeader);
    parser->body_limit(max_body);
    parser->skip(body == Body::none);
  }

  Body body;
  std::uint64_t max_body;
  std::optional<beast::http::response_parser<beast::http::string_body>> parser;
};

ResponseParser::ResponseParser(Body body, std::uint64_t max_body)
    : parser_(std::make_unique<Parser>(body, max_body)) {}
ResponseParser::~ResponseParser() = default;

Result<std::size_t> ResponseParser::feed(std::string_view bytes) {
  std::size_t used = 0;
  while (used < bytes.size() && !done()) {
    boost::system::error_code failure;
    const std::string_view rest = bytes.substr(used);
    used += parser_->parser->put(boost::asio::buffer(rest.data(), rest.size()), failure);
    if (failure == beast::http::error::need_more) break;
    if (failure) return explain(failure, parser_->max_body);
    if (!done()) continue;
    const unsigned status = parser_->parser->get().result_int();
    if (status == kSwitchingProtocols)
      return not_accepted(ErrorKind::give_up, "the answer switches to another protocol, unasked");
    if (status < kFirstFinal) parser_->restart();
  }
  return used;
}

Result<void> ResponseParser::end_of_stream() {
  boost::system::error_code failure;
  // Beast asserts that there was a byte; after an interim answer there may be none of the next.
  if (parser_->parser->got_some()) parser_->parser->put_eof(failure);
  if (!failure && !done()) failure = beast::http::error::partial_message;
  if (failure) return explain(failure, parser_->max_body);
  return {};
}

bool ResponseParser::done() const {
  return parser_->parser->is_done();
}

bool ResponseParser::keep_alive() const {
  return parser_->parser->keep_alive();
}

Response ResponseParser::take() {
  auto message = parser_->parser->release();
  Response response{.status = message.result_int(), .headers = {}, .body = std::move(message.body())};
  for (const auto& field : message.base())
    response.headers.push_back(
        {.name = std::string(field.name_string()), .value = std::string(field.value())});
  return response;
}

}  // namespace sas::http
