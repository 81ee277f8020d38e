// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a simulator tells about the requests that it handled: one by one, and summed up.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace sas::simulator {

struct Now {
  Time real;       // signatures, nonces and rate limits go by it
  Time simulated;  // the tasks go by it
};

/// What became of one request.
struct Exchange {
  std::string action;
  std::string key_id;
  std::string query;  // as sent
  std::string nonce;
  std::string request_id;
  std::string code;  // the API's; OK where a page was answered; empty where a fault answered without one
  unsigned status = 0;
  std::vector<std::string> faults;  // that struck it
};

struct Counts {
  std::map<std::string, std::map<std::string, std::uint64_t>>
      requests;                                                 // by action and code; `none`: without one
  std::map<std::string, std::uint64_t> faults;                  // by kind
  std::map<std::string, std::uint64_t> most_calls_in_a_second;  // by `KEY ACTION`
};

/// One line, for the log of requests.
std::string to_json(const Exchange& exchange, const Now& now);

/// {"real_now":…,"simulated_now":…,"requests":{…},"faults":{…},"most_calls_in_a_second":{…}}
std::string to_json(const Counts& counts, const Now& now);

}  // namespace sas::simulator
