// SPDX-License-Identifier: Apache-2.0
#pragma once
// A sink that wants everything and takes it at once. What it does with it is its heir's.

#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "alerts/sink.hpp"

namespace sas::support {

class PlainSink : public alerts::Sink {
 public:
  explicit PlainSink(std::string name = "plain") : name_(std::move(name)) {}

  virtual void take(std::string_view target, const tasks::Transition& step) = 0;
  virtual void take(const policy::AlertChange& change) = 0;

  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] bool wants(const policy::Event&) const override { return true; }
  void tell(std::string_view target, const policy::Event& event, alerts::Taken taken) override {
    if (const auto* step = std::get_if<tasks::Transition>(&event)) {
      take(target, *step);
    } else {
      take(std::get<policy::AlertChange>(event));
    }
    taken();
  }
  void recall(std::string_view, const policy::FiringAlert&) override {}
  alerts::asio::awaitable<void> run() override { co_return; }
  [[nodiscard]] bool is_idle() const override { return true; }

 private:
  std::string name_;
};

}  // namespace sas::support
