// SPDX-License-Identifier: Apache-2.0
#include "http/request_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "http/headers.hpp"

namespace sas::http {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::size_t kUsualHead = 1024;

bool is_token(std::string_view text) {
  static constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [](char letter) {
    const bool alphanumeric = (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') ||
                              (letter >= 'a' && letter <= 'z');
    return alphanumeric || kMarks.find(letter) != std::string_view::npos;
  });
}

bool stays_in_line(std::string_view value) {
  return value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

Error broken(std::string_view what) {
  return {.kind = ErrorKind::bug,
          .cause = ErrorCause::internal,
          .message = fmt::format("request not sent: {}", what)};
}

void append_line(std::string& text, std::string_view name, std::string_view value) {
  text.append(name).append(": ").append(value).append(kLineEnd);
}

// RFC 9110, section 8.6: a method that usually has content says so when it has none.
bool tells_length(const Request& request) {
  return !request.body.empty() || request.method == "POST" || request.method == "PUT" ||
         request.method == "PATCH";
}

}  // namespace

Result<std::string> request_text(const Request& request, const Url& url, std::string_view user_agent) {
  if (!is_token(request.method)) return broken("its method is not a token");
  std::string text;
  text.reserve(kUsualHead + url.target.size() + request.body.size());
  text.append(request.method).append(" ").append(url.target).append(" HTTP/1.1").append(kLineEnd);
  if (find_header(request.headers, "Host") == nullptr) append_line(text, "Host", host_header(url));
  if (!user_agent.empty() && find_header(request.headers, "User-Agent") == nullptr)
    append_line(text, "User-Agent", user_agent);
  for (const Header& header : request.headers) {
    if (!is_token(header.name)) return broken("the name of a header is not a token");
    if (!stays_in_line(header.value)) return broken(fmt::format("header {} holds a line end", header.name));
    append_line(text, header.name, header.value);
  }
  if (tells_length(request) && find_header(request.headers, "Content-Length") == nullptr)
    append_line(text, "Content-Length", fmt::format_int(request.body.size()).c_str());
  return text.append(kLineEnd).append(request.body);
}

std::string connect_text(std::string_view endpoint, std::string_view authorization,
                         std::string_view user_agent) {
  std::string text = fmt::format("CONNECT {} HTTP/1.1\r\n", endpoint);
  append_line(text, "Host", endpoint);
  if (!user_agent.empty()) append_line(text, "User-Agent", user_agent);
  if (!authorization.empty()) append_line(text, "Proxy-Authorization", authorization);
  return text.append(kLineEnd);
}

}  // namespace sas::http
