// SPDX-License-Identifier: Apache-2.0
#include "doctor/phrases.hpp"

#include <chrono>
#include <cmath>
#include <cstdint>

#include <boost/json/array.hpp>
#include <fmt/format.h>

namespace sas::doctor {

std::string rough(Milliseconds span) {
  using std::chrono::days;
  using std::chrono::floor;
  using std::chrono::hours;
  using std::chrono::minutes;
  using std::chrono::seconds;
  const Milliseconds size = std::chrono::abs(span);
  if (size >= days{2}) return fmt::format("{}d", floor<days>(size).count());
  if (size >= hours{2}) return fmt::format("{}h", floor<hours>(size).count());
  if (size >= minutes{2}) return fmt::format("{}m", floor<minutes>(size).count());
  return fmt::format("{}s", floor<seconds>(size).count());
}

std::string moment(Time at, Time now) {
  return at > now ? fmt::format("{} (in {})", format_seconds(at), rough(at - now))
                  : fmt::format("{} ({} ago)", format_seconds(at), rough(now - at));
}

boost::json::value time_fact(std::optional<Time> at) {
  if (!at) return nullptr;
  return boost::json::value(format_seconds(*at));
}

boost::json::value number_fact(double number) {
  if (number == std::floor(number)) return static_cast<std::int64_t>(number);
  return number;
}

boost::json::value list_fact(const std::vector<std::string>& words) {
  boost::json::array list;
  for (const std::string& word : words)
    list.emplace_back(word);
  return list;
}

std::string first_of(const std::vector<std::string>& words, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < words.size() && i < most; ++i)
    text += fmt::format("{}{}", i == 0 ? "" : ", ", words[i]);
  if (words.size() > most) text += fmt::format(" and {} more", words.size() - most);
  return text;
}

std::string told(const Error& error) {
  std::string text = error.message;
  if (!error.code.empty()) text += fmt::format(" (code {})", error.code);
  if (error.http_status != 0) text += fmt::format(" (HTTP {})", error.http_status);
  if (!error.request_id.empty()) text += fmt::format(" (RequestId {})", error.request_id);
  return text;
}

}  // namespace sas::doctor
