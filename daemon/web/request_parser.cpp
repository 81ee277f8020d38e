// SPDX-License-Identifier: Apache-2.0
#include "web/request_parser.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <fmt/format.h>

namespace sas::web {

namespace beast = boost::beast;
namespace http = boost::beast::http;

struct RequestParser::Message {
  http::request_parser<http::string_body> beast;
  std::size_t head_size = 0;  // bytes of the head that are parsed
  bool continued = false;     // the client has been told to go on

  Message() {
    beast.header_limit(kMaxRequestHead);
    beast.body_limit(kMaxRequestBody);
  }
};

namespace {

using Fields = http::request<http::string_body>;

Refused refuse(unsigned status, std::string_view sentence) {
  Refused refused;
  refused.answer = plain(status, sentence);
  return refused;
}

Refused head_too_large(bool within_request_line) {
  if (within_request_line) {
    return refuse(414, fmt::format("The request target is longer than {} bytes.", kMaxRequestTarget));
  }
  return refuse(431,
                fmt::format("Request line and header fields are longer than {} bytes.", kMaxRequestHead));
}

Refused body_too_large() {
  return refuse(413, fmt::format("The request body is longer than {} bytes.", kMaxRequestBody));
}

/// uri-host [ ":" port ] (RFC 9112, section 3.2), by its letters only.
bool is_host(beast::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~!$&'()*+,;=%[]:").find(c) != std::string_view::npos;
  });
}

/// What is wrong with a head that Beast took; none where nothing is.
std::optional<Refused> check_head(const Fields& fields, bool chunked) {
  if (fields.target().size() > kMaxRequestTarget) return head_too_large(true);
  const auto hosts = fields.count(http::field::host);
  if (hosts > 1 || (hosts == 0 && fields.version() >= 11)) {
    return refuse(400, "A request of HTTP/1.1 has exactly one Host field.");
  }
  if (hosts == 1 && !is_host(fields[http::field::host]))
    return refuse(400, "The Host field does not hold a host.");
  // Beast takes a coding that it does not know for none, and would read the body as the next request.
  if (fields.count(http::field::transfer_encoding) > 0 && (!chunked || fields.version() < 11)) {
    return refuse(400, "The only Transfer-Encoding of a request is chunked, in HTTP/1.1.");
  }
  const auto expect = fields[http::field::expect];
  if (!expect.empty() && !beast::iequals(expect, "100-continue")) {
    return refuse(417, "The only expectation that can be met is 100-continue.");
  }
  return std::nullopt;
}

/// The path of an origin-form or absolute-form target (RFC 9112, section 3.2); others are returned as they
/// are.
std::string_view path_of(std::string_view target) {
  if (!target.starts_with('/')) {
    const std::size_t scheme = target.find("://");
    if (scheme == std::string_view::npos) return target;
    const std::size_t path = target.find_first_of("/?", scheme + 3);
    target = path == std::string_view::npos || target[path] == '?' ? "/" : target.substr(path);
  }
  return target.substr(0, target.find_first_of("?#"));
}

std::string joined(const Fields& fields, http::field name) {
  std::string list;
  const auto [first, last] = fields.equal_range(name);
  for (auto field = first; field != last; ++field) {
    if (!list.empty()) list += ", ";
    list.append(field->value().data(), field->value().size());
  }
  return list;
}

std::string_view standard_view(beast::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace

RequestParser::RequestParser() = default;
RequestParser::~RequestParser() = default;

void RequestParser::append(std::string_view bytes) {
  pending_.append(bytes);
  drop_empty_lines();
}

// Those before a request are to be overlooked (RFC 9112, section 2.2).
void RequestParser::drop_empty_lines() {
  if (message_) return;
  std::size_t blank = 0;
  while (std::string_view(pending_).substr(blank).starts_with("\r\n"))
    blank += 2;
  pending_.erase(0, blank);
}

bool RequestParser::in_request() const {
  return message_ || (!pending_.empty() && pending_ != "\r");
}

Parsed RequestParser::parse() {
  if (!in_request()) return NeedMore{};
  if (!message_) message_ = std::make_unique<Message>();
  if (message_->beast.is_header_done()) return parse_body();
  return parse_head();
}

Parsed RequestParser::parse_head() {
  beast::error_code failure;
  const std::size_t used = message_->beast.put(boost::asio::buffer(pending_), failure);
  message_->head_size += used;
  pending_.erase(0, used);
  const bool done = message_->beast.is_header_done();
  const bool within_request_line = message_->head_size == 0;
  if (failure == http::error::body_limit) return body_too_large();
  if (failure == http::error::header_limit ||
      message_->head_size + (done ? 0 : pending_.size()) > kMaxRequestHead) {
    return head_too_large(within_request_line);
  }
  if (failure == http::error::need_more) return NeedMore{};
  if (failure)
    return refuse(400, fmt::format("This is not a request of HTTP/1.0 or 1.1: {}.", failure.message()));
  if (!done) return NeedMore{};
  if (auto refused = check_head(message_->beast.get(), message_->beast.chunked())) return std::move(*refused);
  return parse_body();
}

Parsed RequestParser::parse_body() {
  message_->beast.eager(true);
  beast::error_code failure;
  while (!message_->beast.is_done() && !pending_.empty()) {
    const std::size_t used = message_->beast.put(boost::asio::buffer(pending_), failure);
    pending_.erase(0, used);
    if (failure == http::error::need_more) break;
    if (failure == http::error::body_limit || failure == http::error::buffer_overflow)
      return body_too_large();
    if (failure) return refuse(400, fmt::format("The request body cannot be read: {}.", failure.message()));
  }
  if (message_->beast.is_done()) return take_request();
  // What Beast leaves over here is a chunk's header that has no end yet.
  if (pending_.size() > kMaxRequestHead) return refuse(400, "A chunk's header has no end.");
  const Fields& fields = message_->beast.get();
  if (!message_->continued && fields.version() >= 11 && fields.count(http::field::expect) > 0) {
    message_->continued = true;
    return ContinueExpected{};
  }
  return NeedMore{};
}

Request RequestParser::take_request() {
  const std::unique_ptr<Message> whole = std::move(message_);
  drop_empty_lines();
  const Fields& fields = whole->beast.get();
  Request request;
  request.method = standard_view(fields.method_string());
  request.path = path_of(standard_view(fields.target()));
  request.accept = joined(fields, http::field::accept);
  request.accept_encoding = joined(fields, http::field::accept_encoding);
  if (fields.count(http::field::authorization) == 1)
    request.authorization = Secret(std::string(standard_view(fields[http::field::authorization])));
  request.chunks = fields.version() >= 11;
  request.keep_alive = request.chunks && fields.keep_alive();
  return request;
}

}  // namespace sas::web
