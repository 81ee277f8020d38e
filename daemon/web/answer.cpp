// SPDX-License-Identifier: Apache-2.0
#include "web/answer.hpp"

#include <array>
#include <iterator>

#include <fmt/format.h>

namespace sas::web {
namespace {

// RFC 9110, section 15; only those that this server gives.
std::string_view reason_phrase(unsigned status) {
  switch (status) {
    case 200:
      return "OK";
    case 302:
      return "Found";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 417:
      return "Expectation Failed";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    default:
      return "";
  }
}

void append_body_fields(std::string& head, const Answer& answer, Framing framing) {
  auto out = std::back_inserter(head);
  if (answer.scrape) {
    fmt::format_to(out, "Content-Type: {}\r\n", exposition::content_type(answer.scrape->format));
    fmt::format_to(out, "Vary: Accept, Accept-Encoding\r\n");
    if (answer.scrape->encoding == Encoding::gzip) fmt::format_to(out, "Content-Encoding: gzip\r\n");
  } else {
    fmt::format_to(out, "Content-Type: {}\r\n", answer.content_type);
  }
  if (framing == Framing::length) fmt::format_to(out, "Content-Length: {}\r\n", answer.body.size());
  if (framing == Framing::chunked) fmt::format_to(out, "Transfer-Encoding: chunked\r\n");
}

}  // namespace

Answer plain(unsigned status, std::string_view sentence) {
  Answer answer;
  answer.status = status;
  answer.body = fmt::format("{}\n", sentence);
  return answer;
}

Answer overloaded(std::string_view sentence) {
  Answer answer = plain(503, sentence);
  answer.retry_after = std::chrono::seconds{5};
  return answer;
}

std::string response_head(const Answer& answer, Framing framing, KeepAlive keep_alive, Time now,
                          std::string_view more) {
  std::string head = fmt::format("HTTP/1.1 {} {}\r\nDate: {}\r\n", answer.status,
                                 reason_phrase(answer.status), http_date(now));
  append_body_fields(head, answer, framing);
  head += "X-Content-Type-Options: nosniff\r\n";
  head += more;
  auto out = std::back_inserter(head);
  if (!answer.allow.empty()) fmt::format_to(out, "Allow: {}\r\n", answer.allow);
  if (!answer.location.empty()) fmt::format_to(out, "Location: {}\r\n", answer.location);
  if (answer.asks_who)
    head += "WWW-Authenticate: Basic realm=\"sas-operation-exporter\", charset=\"UTF-8\"\r\n";
  if (answer.retry_after) fmt::format_to(out, "Retry-After: {}\r\n", answer.retry_after->count());
  if (keep_alive == KeepAlive::close) head += "Connection: close\r\n";
  head += "\r\n";
  return head;
}

std::string http_date(Time time) {
  constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time - day)};
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                     kDays.at(std::chrono::weekday{day}.c_encoding()), static_cast<unsigned>(date.day()),
                     kMonths.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace sas::web
