// SPDX-License-Identifier: Apache-2.0
#include "alerts/alertmanager_sink.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <utility>
#include <variant>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "alerts/alertmanager_address.hpp"
#include "alerts/held_alerts.hpp"
#include "policy/alert_text.hpp"
#include "runtime/clock.hpp"

namespace sas::alerts {
namespace {

// Both at the same time; when one ends by an exception, the other is cancelled.
asio::awaitable<void> run_both(asio::awaitable<void> one, asio::awaitable<void> other) {
  const auto executor = co_await asio::this_coro::executor;
  auto both =
      asio::experimental::make_parallel_group(asio::co_spawn(executor, std::move(one), asio::deferred),
                                              asio::co_spawn(executor, std::move(other), asio::deferred));
  const asio::experimental::wait_for_one_error until;
  const auto [order, failure, other_failure] =
      co_await std::move(both).async_wait(until, asio::use_awaitable);
  const std::exception_ptr first = order[0] == 0 ? failure : other_failure;
  if (first) std::rethrow_exception(first);
}

class AlertmanagerSink final : public Sink {
 public:
  AlertmanagerSink(const AlertmanagerSettings& settings, const Surroundings& surroundings)
      : name_(settings.name), registry_(surroundings.registry) {
    registry_.knows_sink(name_);
    for (const std::string& url : settings.urls)
      addresses_.push_back(std::make_unique<AlertmanagerAddress>(
          settings, url, held_, [this] { told(); }, surroundings));
  }

  [[nodiscard]] const std::string& name() const override { return name_; }

  [[nodiscard]] bool wants(const policy::Event& event) const override {
    return std::holds_alternative<policy::AlertChange>(event);
  }

  // What fires is recalled after a restart, and what does not is ended by Alertmanager: nothing need be kept.
  void tell(std::string_view, const policy::Event& event, Taken taken) override {
    put(std::get<policy::AlertChange>(event));
    taken();
  }

  void recall(std::string_view target, const policy::FiringAlert& alert) override {
    put(policy::began(target, alert));
  }

  asio::awaitable<void> run() override { return inform_from(0); }

  [[nodiscard]] bool is_idle() const override {
    return std::all_of(addresses_.begin(), addresses_.end(),
                       [](const auto& address) { return address->is_idle(); });
  }

 private:
  // The loops of this address and of the later ones.
  asio::awaitable<void> inform_from(std::size_t first) {
    if (first + 1 == addresses_.size()) return addresses_[first]->run();
    return run_both(addresses_[first]->run(), inform_from(first + 1));
  }

  void put(policy::AlertChange change) {
    held_.put(std::move(change), runtime::Clock::now());
    for (const auto& address : addresses_)
      address->ring();
    show_length();
  }

  // An address has been told, or has not.
  void told() {
    std::uint64_t by_all = held_.number();
    for (const auto& address : addresses_)
      by_all = std::min(by_all, address->taken());
    held_.forget(by_all);
    for (std::size_t given_up = held_.give_up(runtime::Clock::now() - kResolvedFor); given_up > 0; --given_up)
      registry_.notification(name_, "dropped");
    show_length();
  }

  void show_length() {
    std::size_t longest = 0;
    for (const auto& address : addresses_)
      longest = std::max(longest, held_.newer(address->taken()));
    registry_.set_queue_length(name_, longest);
  }

  std::string name_;
  telemetry::Registry& registry_;
  HeldAlerts held_;
  std::vector<std::unique_ptr<AlertmanagerAddress>> addresses_;
};

}  // namespace

std::unique_ptr<Sink> make_alertmanager_sink(const AlertmanagerSettings& settings,
                                             const Surroundings& surroundings) {
  return std::make_unique<AlertmanagerSink>(settings, surroundings);
}

}  // namespace sas::alerts
