// SPDX-License-Identifier: Apache-2.0
#pragma once
// One member of an Alertmanager cluster, and the loop that keeps it informed.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "alerts/alertmanager_sink.hpp"
#include "alerts/held_alerts.hpp"
#include "alerts/secret_value.hpp"
#include "alerts/surroundings.hpp"
#include "base/result.hpp"
#include "runtime/doorbell.hpp"

namespace sas::alerts {

class AlertmanagerAddress {
 public:
  /// `url`: one of the settings'. `held` must outlive it. `on_told` is called after each attempt.
  AlertmanagerAddress(const AlertmanagerSettings& settings, std::string url, const HeldAlerts& held,
                      std::function<void()> on_told, const Surroundings& surroundings);

  /// Tells it what is held, until it is cancelled.
  asio::awaitable<void> run();

  /// Something has changed.
  void ring() { bell_.ring(); }

  /// It has taken what had changed up to this number.
  [[nodiscard]] std::uint64_t taken() const { return taken_; }

  /// It has taken all, or was tried and does not answer.
  [[nodiscard]] bool is_idle() const { return failures_ > 0 || held_.newer(taken_) == 0; }

 private:
  [[nodiscard]] Instant due() const;
  asio::awaitable<void> inform();
  asio::awaitable<Result<void>> post_all(const std::vector<std::string>& bodies);
  asio::awaitable<Result<void>> post(const std::string& body);
  [[nodiscard]] std::vector<std::string> write(bool whole) const;
  void succeeded();
  void failed(const Error& error);
  void count(std::size_t times, std::string_view result);

  std::string sink_;
  std::string url_;
  std::string shown_;  // without what may be secret
  std::string ca_file_;
  std::string runbooks_;
  SecretValue bearer_token_;
  const HeldAlerts& held_;
  std::function<void()> on_told_;
  Surroundings surroundings_;
  runtime::Doorbell bell_;
  std::uint64_t taken_ = 0;
  int failures_ = 0;  // in a row
  Instant retry_;     // after a failure
  Instant resend_;    // when all that fires is said again
};

}  // namespace sas::alerts
