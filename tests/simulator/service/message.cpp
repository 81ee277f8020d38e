// SPDX-License-Identifier: Apache-2.0
#include "simulator/service/message.hpp"

#include <array>
#include <chrono>
#include <iterator>

#include <boost/algorithm/string/predicate.hpp>
#include <fmt/format.h>

namespace sas::simulator {
namespace {

constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string_view reason(unsigned status) {
  switch (status) {
    case 200:
      return "OK";
    case 400:
      return "Bad Request";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 429:
      return "Too Many Requests";
    case 500:
      return "Internal Server Error";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    default:
      return "Unnamed";
  }
}

}  // namespace

std::optional<std::string_view> find_header(const Request& request, std::string_view name) {
  for (const Header& header : request.headers) {
    if (boost::algorithm::iequals(header.name, name)) return header.value;
  }
  return std::nullopt;
}

std::string http_date(Time time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time - day)};
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                     kDays[std::chrono::weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
                     kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string head_text(const Answer& answer, Time date) {
  std::string text =
      fmt::format("HTTP/1.1 {} {}\r\nDate: {}\r\n", answer.status, reason(answer.status), http_date(date));
  const auto line = [&text](std::string_view name, const auto& value) {
    fmt::format_to(std::back_inserter(text), "{}: {}\r\n", name, value);
  };
  if (!answer.content_type.empty()) line("Content-Type", answer.content_type);
  if (!answer.request_id.empty()) line("x-acs-request-id", answer.request_id);
  for (const Header& header : answer.headers)
    line(header.name, header.value);
  if (answer.delivery.framing == Framing::content_length) {
    line("Content-Length", answer.delivery.declared_length.value_or(answer.body.size()));
  }
  if (answer.delivery.framing == Framing::chunked) line("Transfer-Encoding", "chunked");
  if (answer.delivery.framing == Framing::until_close) line("Connection", "close");
  text += "\r\n";
  return text;
}

}  // namespace sas::simulator
