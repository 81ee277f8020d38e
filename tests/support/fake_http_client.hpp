// SPDX-License-Identifier: Apache-2.0
#pragma once
// An HTTP client without a network: answers as the test scripts it, and remembers what was asked and when.

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "http/client.hpp"
#include "runtime/timer.hpp"

namespace sas::support {

class FakeHttpClient : public http::Client {
 public:
  std::deque<Result<http::Response>> answers;  // one an exchange; when they are used up, `otherwise`
  Result<http::Response> otherwise = http::Response{.status = 200, .headers = {}, .body = "{}"};
  Milliseconds latency{0};
  std::vector<http::Request> requests;
  std::vector<Instant> times;

  boost::asio::awaitable<Result<http::Response>> exchange(const http::Request& request) override {
    requests.push_back(request);
    times.push_back(runtime::Clock::now());
    Result<http::Response> next = otherwise;
    if (!answers.empty()) {
      next = std::move(answers.front());
      answers.pop_front();
    }
    if (latency > Milliseconds{0}) co_await runtime::sleep_for(latency);
    co_return next;
  }

  /// The value of a header of request number `index`, from 0; empty where there is none.
  [[nodiscard]] std::string header(std::size_t index, std::string_view name) const {
    for (const http::Header& header : requests.at(index).headers)
      if (header.name == name) return header.value;
    return {};
  }
};

}  // namespace sas::support
