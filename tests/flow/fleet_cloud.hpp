// SPDX-License-Identifier: Apache-2.0
#pragma once
// The cloud as a fleet of accounts sees it: one STS that gives each account's keys, one service that takes
// them, and a note of who was called when. Accounts may be in trouble of several kinds.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <gtest/gtest.h>

#include "flow/truth/direct_client.hpp"
#include "http/client.hpp"
#include "runtime/timer.hpp"
#include "simulator/scenario/scenario.hpp"
#include "support/fake_cloud.hpp"

namespace sas::flow {

enum class Trouble : std::uint8_t {
  none,
  refuses,         // no connection
  hangs,           // no answer to any call
  keys_never_come  // no answer of STS
};

class FleetCloud final : public http::Client {
 public:
  static constexpr Milliseconds kKeyLife{3'600'000};

  explicit FleetCloud(Time start)
      : service_(scenario(), 1, start, {}), direct_(service_, 1, Milliseconds{40}) {}

  /// What an account's role is called; its keys begin with that.
  static std::string role(std::size_t account) { return "account-" + std::to_string(account) + "-"; }

  void afflict(std::size_t account, Trouble trouble) { troubles_[role(account)] = trouble; }

  boost::asio::awaitable<Result<http::Response>> exchange(const http::Request& request) override {
    const bool is_for_sts = request.url.starts_with("https://sts");
    const std::string account = is_for_sts ? account_in(request.url, "role%2F") : account_of_key(request);
    const Trouble trouble = troubles_.contains(account) ? troubles_.at(account) : Trouble::none;
    if (is_for_sts) {
      fetches[account].push_back(runtime::wall_now());
      if (trouble == Trouble::keys_never_come) co_return co_await silence(request);
      Result<http::Response> answer = co_await sts_.exchange(request);
      learn_keys();
      co_return answer;
    }
    calls[account].push_back(runtime::wall_now());
    if (trouble == Trouble::refuses) co_return broken(ErrorCause::transport);
    if (trouble == Trouble::hangs) co_return co_await silence(request);
    EXPECT_GT(expiry_[header(request, "x-acs-accesskey-id")], runtime::wall_now()) << "an expired key";
    co_return co_await direct_.exchange(request);
  }

  std::map<std::string, std::vector<Time>> fetches;  // by account
  std::map<std::string, std::vector<Time>> calls;

 private:
  static simulator::Scenario scenario() {
    return simulator::parse_scenario(
               "tasks:\n  - {type: CHECK_ALL, first: -1h, every: 40m, jitter: 5m, runs: 5m..10m, items: "
               "10..50, "
               "subtasks: 1..3}\nservice: {calls_per_second: 5}\n",
               "fleet")
        .value();
  }

  // `account-7-` of `…/account-7-…`.
  static std::string account_in(const std::string& text, const std::string& mark) {
    const std::size_t begin = text.find(mark) + mark.size();
    return text.substr(begin, text.find('-', text.find('-', begin) + 1) + 1 - begin);
  }
  static std::string account_of_key(const http::Request& request) {
    return account_in(header(request, "x-acs-accesskey-id"), "STS.");
  }
  static std::string header(const http::Request& request, std::string_view name) {
    for (const http::Header& header : request.headers)
      if (header.name == name) return header.value;
    return {};
  }

  static boost::asio::awaitable<Result<http::Response>> silence(const http::Request& request) {
    co_await runtime::sleep_for(request.timeout);
    co_return broken(ErrorCause::timeout);
  }
  static Error broken(ErrorCause cause) {
    return {.kind = ErrorKind::retry, .cause = cause, .message = "the simulated network broke"};
  }

  void learn_keys() {
    for (; known_ < sts_.keys.size(); ++known_) {
      service_.know(sts_.keys[known_]);
      expiry_[sts_.keys[known_].id] = runtime::wall_now() + kKeyLife;
    }
  }

  std::map<std::string, Trouble> troubles_;
  support::FakeCloud sts_;
  simulator::Service service_;
  DirectClient direct_;
  std::size_t known_ = 1;  // of sts_.keys; the first signs for STS only
  std::map<std::string, Time> expiry_;
};

}  // namespace sas::flow
