// SPDX-License-Identifier: Apache-2.0
#pragma once
// Sinks on virtual time, with a receiver in memory, and all that they log, count and take recorded.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "alerts/sink.hpp"
#include "alerts/surroundings.hpp"
#include "exposition/format.hpp"
#include "runtime/task_group.hpp"
#include "support/captured_log.hpp"
#include "support/fake_http_client.hpp"
#include "support/virtual_time.hpp"
#include "telemetry/registry.hpp"
#include "telemetry/render.hpp"

namespace sas::support {

inline Result<http::Response> answered(unsigned status, std::string body = "{}",
                                       std::vector<http::Header> headers = {}) {
  return http::Response{.status = status, .headers = std::move(headers), .body = std::move(body)};
}

inline Result<http::Response> unreachable() {
  return Error{.kind = ErrorKind::give_up,
               .cause = ErrorCause::transport,
               .message = "connecting to hook.example.com:443: Connection refused"};
}

class SinkFixture : public VirtualTime {
 protected:
  void TearDown() override {
    loops_.request_stop();
    run_ready();
  }

  alerts::Surroundings surroundings() {
    return {.http = http_, .registry = registry_, .log = log_.log(), .random = [this] { return random_; }};
  }

  void run(alerts::Sink& sink) { loops_.spawn(sink.name(), sink.run()); }

  /// Counts how often it is called under this name.
  alerts::Taken taken(const std::string& name) {
    taken_.try_emplace(name, 0);
    return [this, name] { ++taken_[name]; };
  }

  /// `sas_operation_notifications_total` of the sink called `hook`.
  std::string count(const std::string& result) const {
    return metric("sas_operation_notifications_total{result=\"" + result + "\",sink=\"hook\"}");
  }
  std::string queue_length() const {
    return metric("sas_operation_notification_queue_length{sink=\"hook\"}");
  }

  std::string metric(const std::string& series) const {
    const std::string text = telemetry::render(registry_, exposition::Format::text);
    const auto at = text.find('\n' + series + ' ');
    if (at == std::string::npos) return {};
    const auto value = at + series.size() + 2;
    return text.substr(value, text.find('\n', value) - value);
  }

  FakeHttpClient http_;
  telemetry::Registry registry_;
  CapturedLog log_{runtime::Level::debug};
  double random_ = 0.5;
  std::map<std::string, int> taken_;
  runtime::TaskGroup loops_{
      executor(), [](const std::string& name, const std::exception_ptr&) { ADD_FAILURE() << name; }};
};

}  // namespace sas::support
