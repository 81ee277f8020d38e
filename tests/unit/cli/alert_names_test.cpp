// SPDX-License-Identifier: Apache-2.0
// The alerts by name, as each folder that may not ask another lists them.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "policy/alert.hpp"
#include "settings/schema.hpp"
#include "telemetry/render.hpp"
#include "telemetry/target_metrics.hpp"

namespace sas {
namespace {

TEST(AlertNames, EachCanBeSilenced) {
  std::vector<std::string_view> names;
  for (const policy::Alert alert : policy::kAlerts)
    names.push_back(to_string(alert));
  const auto keys = settings::keys();
  const auto key = std::find_if(keys.begin(), keys.end(), [](const settings::Key& each) {
    return each.path == "alerts.silence[].alert";
  });
  ASSERT_NE(key, keys.end());
  EXPECT_THAT(key->shape.words, testing::UnorderedElementsAreArray(names));
}

TEST(AlertNames, EachIsInTheMetricsFromTheStart) {
  telemetry::Registry registry;
  const telemetry::TargetMetrics metrics(registry, "production");
  const std::string scrape = telemetry::render(registry, exposition::Format::text);
  for (const policy::Alert alert : policy::kAlerts) {
    const std::string series = "sas_operation_alerts_firing{alert=\"" + std::string(to_string(alert)) +
                               "\",target=\"production\"} 0\n";
    EXPECT_THAT(scrape, testing::HasSubstr(series));
  }
}

}  // namespace
}  // namespace sas
