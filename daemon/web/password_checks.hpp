// SPDX-License-Identifier: Apache-2.0
#pragma once
// Checks of passwords, which take a tenth of a second of CPU and more each: one at a time in a thread of
// their own, their outcomes remembered. What is remembered is a keyed hash of who asked with what, and yes or
// no.

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>

#include "runtime/clock.hpp"
#include "settings/web_config.hpp"
#include "web/basic_credentials.hpp"

namespace sas::web {

namespace asio = boost::asio;

enum class Admission : std::uint8_t {
  granted,
  refused,
  overloaded,  // too many others wait for theirs
};

class PasswordChecks {
 public:
  explicit PasswordChecks(asio::any_io_executor loop);
  ~PasswordChecks();
  PasswordChecks(const PasswordChecks&) = delete;
  PasswordChecks& operator=(const PasswordChecks&) = delete;

  /// A user that is not known costs as much time as a wrong password. May be cancelled; the check then ends
  /// on its own.
  asio::awaitable<Admission> check(BasicCredentials given, const std::vector<settings::User>& users);

  /// How many have been done; those that were remembered do not count.
  [[nodiscard]] std::size_t done() const { return memory_->done; }

 private:
  using Digest = std::array<unsigned char, 32>;
  struct Running {
    explicit Running(const asio::any_io_executor& loop) : ended(loop, Instant::max()) {}

    runtime::Timer ended;  // never expires: cancelling it wakes those who wait
    std::optional<bool> outcome;
  };
  /// So many of the latest.
  struct Keys {
    std::set<Digest> known;
    std::deque<Digest> order;

    void put(const Digest& key);
  };
  /// Right ones and wrong ones stand apart, so that guesses do not push out those who know.
  struct Memory {
    Keys right;
    Keys wrong;
    std::map<Digest, std::shared_ptr<Running>> running;
    std::size_t done = 0;

    [[nodiscard]] std::optional<bool> find(const Digest& key) const;
    void ended(const Digest& key, bool is_right);
  };

  [[nodiscard]] Digest key_of(const BasicCredentials& given, const Secret& hash) const;
  std::shared_ptr<Running> under_way(const Digest& key, const Secret& password, const Secret& hash);

  asio::any_io_executor loop_;
  Secret salt_;  // of the keyed hash; made anew with each process
  std::shared_ptr<Memory> memory_;
  std::unique_ptr<asio::thread_pool> thread_;  // once the first password comes
};

}  // namespace sas::web
