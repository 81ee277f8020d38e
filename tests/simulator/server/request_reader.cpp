// SPDX-License-Identifier: Apache-2.0
#include "simulator/server/request_reader.hpp"

#include <cstdint>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace sas::simulator {
namespace {

namespace http = boost::beast::http;

// A list of some hundred task ids in the URL; the real limit is not documented.
constexpr std::uint32_t kMostHeader = 256 * 1'024;
constexpr std::uint64_t kMostBody = 1'024 * 1'024;

ReceivedRequest take(http::request<http::string_body> message) {
  ReceivedRequest received;
  received.keep_alive = message.keep_alive();
  received.request.method = std::string(message.method_string());
  received.request.target = std::string(message.target());
  for (const auto& field : message)
    received.request.headers.push_back({std::string(field.name_string()), std::string(field.value())});
  received.request.body = std::move(message.body());
  return received;
}

}  // namespace

struct RequestReader::Parser {
  http::request_parser<http::string_body> http;
};

RequestReader::RequestReader() = default;
RequestReader::~RequestReader() = default;

Result<std::optional<ReceivedRequest>> RequestReader::feed(std::string_view bytes) {
  pending_ += bytes;
  if (!parser_) {
    parser_ = std::make_unique<Parser>();
    parser_->http.eager(true);
    parser_->http.header_limit(kMostHeader);
    parser_->http.body_limit(kMostBody);
  }
  while (!pending_.empty()) {
    boost::system::error_code failure;
    const std::size_t used = parser_->http.put(boost::asio::buffer(std::as_const(pending_)), failure);
    pending_.erase(0, used);
    if (failure && failure != http::error::need_more) {
      return Error{.kind = ErrorKind::give_up, .cause = ErrorCause::transport, .message = failure.message()};
    }
    if (parser_->http.is_done()) {
      const std::unique_ptr<Parser> done = std::exchange(parser_, nullptr);
      return std::optional(take(done->http.release()));
    }
    if (failure || used == 0) break;
  }
  return std::optional<ReceivedRequest>{};
}

}  // namespace sas::simulator
