// SPDX-License-Identifier: Apache-2.0
// Each key of the schema: what it holds by default, at its bounds, beyond them, and with a value of a wrong
// type. The figures stand here once more on purpose: whoever changes a default or a bound changes a promise.
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/duration.hpp"
#include "settings/schema.hpp"
#include "unit/settings/yaml.hpp"

namespace sas::settings {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct Ordered {
  const char* path;
  std::string (*shown)(const Settings&);
  const char* standard;
  const char* lowest;
  const char* highest;
  const char* below;
  const char* above;
};

template <auto Group, auto Member>
std::string shown(const Settings& settings) {
  const auto& value = settings.*Group.*Member;
  if constexpr (requires { format_duration(value); }) {
    return format_duration(value);
  } else {
    return fmt::format("{}", value);
  }
}

constexpr auto kPoll = &Settings::poll;
constexpr auto kMetrics = &Settings::metrics;
constexpr auto kAlerts = &Settings::alerts;

const std::vector<Ordered> kOrdered{
    {"poll.interval", shown<kPoll, &Poll::interval>, "30s", "100ms", "1h", "99ms", "1h1ms"},
    {"poll.idle_interval", shown<kPoll, &Poll::idle_interval>, "2m", "100ms", "1d", "99ms", "1d1ms"},
    {"poll.jitter", shown<kPoll, &Poll::jitter>, "0.1", "0", "0.5", "-0.01", "0.51"},
    {"poll.page_size", shown<kPoll, &Poll::page_size>, "100", "1", "1000", "0", "1001"},
    {"poll.lookback", shown<kPoll, &Poll::lookback>, "1d", "1m", "365d", "59s", "365d1s"},
    {"poll.request_timeout", shown<kPoll, &Poll::request_timeout>, "10s", "100ms", "5m", "99ms", "5m1ms"},
    {"poll.max_requests_per_second", shown<kPoll, &Poll::max_requests_per_second>, "5", "0.01", "1000", "0",
     "1001"},
    {"poll.max_retries", shown<kPoll, &Poll::max_retries>, "3", "0", "10", "-1", "11"},
    {"metrics.task_retention", shown<kMetrics, &Metrics::task_retention>, "1h", "0s", "30d", "-1s", "30d1s"},
    {"metrics.max_tasks", shown<kMetrics, &Metrics::max_tasks>, "10000", "1", "1000000", "0", "1000001"},
    {"metrics.hold", shown<kMetrics, &Metrics::hold>, "5m", "0s", "1d", "-1s", "1d1s"},
    {"alerts.stalled_after", shown<kAlerts, &Alerts::stalled_after>, "30m", "0s", "30d", "-1s", "30d1s"},
    {"alerts.not_started_after", shown<kAlerts, &Alerts::not_started_after>, "30m", "0s", "30d", "-1s",
     "30d1s"},
    {"alerts.running_longer_than", shown<kAlerts, &Alerts::running_longer_than>, "6h", "0s", "30d", "-1s",
     "30d1s"},
    {"alerts.poll_failing_after", shown<kAlerts, &Alerts::poll_failing_after>, "5m", "0s", "30d", "-1s",
     "30d1s"},
    {"alerts.credentials_expiring_within", shown<kAlerts, &Alerts::credentials_expiring_within>, "10m", "0s",
     "1d", "-1s", "1d1s"},
    {"alerts.contract_drift_for", shown<kAlerts, &Alerts::contract_drift_for>, "1h", "0s", "30d", "-1s",
     "30d1s"},
};

/// A file where one key of a section has a value; all else is right.
std::string with(std::string_view path, std::string_view value) {
  std::string more;
  if (path == "poll.interval") more = ", idle_interval: 1d";  // else shorter than the interval
  if (path == "poll.idle_interval") more = ", interval: 100ms";
  return kTarget + fmt::format("{}: {{{}: {}{}}}\n", section_of(path), leaf_of(path), value, more);
}

TEST(Keys, OrderedValuesHaveTheirDefault) {
  for (const Ordered& key : kOrdered)
    EXPECT_EQ(key.shown(good(kTarget)), key.standard) << key.path;
}

TEST(Keys, OrderedValuesReachTheirBounds) {
  for (const Ordered& key : kOrdered) {
    EXPECT_EQ(key.shown(good(with(key.path, key.lowest))), key.lowest) << key.path;
    EXPECT_EQ(key.shown(good(with(key.path, key.highest))), key.highest) << key.path;
  }
}

TEST(Keys, OrderedValuesDoNotPassTheirBounds) {
  for (const Ordered& key : kOrdered) {
    const std::string bounds = fmt::format("at least {}, at most {}", key.lowest, key.highest);
    const bool is_duration = std::string_view{key.below}.ends_with('s');
    const std::string below = is_duration && key.below[0] == '-' ? "is not a duration" : bounds;
    EXPECT_THAT(mistakes(with(key.path, key.below)), ElementsAre(HasSubstr(below))) << key.path;
    EXPECT_THAT(mistakes(with(key.path, key.above)), ElementsAre(HasSubstr(bounds))) << key.path;
  }
}

TEST(Keys, OrderedValuesOfAWrongTypeAreTold) {
  for (const Ordered& key : kOrdered) {
    for (const char* wrong : {"soon", "''", "true", "1 s"}) {
      EXPECT_THAT(mistakes(with(key.path, wrong)), ElementsAre(HasSubstr(fmt::format("{}: '", key.path))))
          << key.path << ' ' << wrong;
    }
    EXPECT_THAT(mistakes(with(key.path, "[30s]")),
                ElementsAre(HasSubstr("a single value is needed here; found a list")));
    EXPECT_THAT(mistakes(with(key.path, "{a: 1}")), ElementsAre(HasSubstr("found a mapping")));
  }
}

TEST(Keys, AKeyWithoutAValueIsAsIfItWereNotThere) {
  for (const Key& key : keys()) {
    if (key.path.find('[') != std::string_view::npos || key.presence == Presence::required) continue;
    EXPECT_EQ(good(kTarget + fmt::format("{}: {{{}: }}\n", section_of(key.path), leaf_of(key.path))),
              good(kTarget))
        << key.path;
  }
}

TEST(Keys, TaskSeriesAreOnOrOff) {
  EXPECT_TRUE(good(kTarget).metrics.task_series);
  EXPECT_FALSE(good(with("metrics.task_series", "false")).metrics.task_series);
  EXPECT_THAT(mistakes(with("metrics.task_series", "no")),
              ElementsAre(HasSubstr("'no' is neither true nor false")));
}

TEST(Keys, LogLevelsAndFormatsHaveTheirNames) {
  EXPECT_EQ(good(kTarget).log, (Log{LogLevel::info, LogFormat::logfmt}));
  EXPECT_EQ(good(with("log.level", "debug")).log.level, LogLevel::debug);
  EXPECT_EQ(good(with("log.level", "info")).log.level, LogLevel::info);
  EXPECT_EQ(good(with("log.level", "warn")).log.level, LogLevel::warn);
  EXPECT_EQ(good(with("log.level", "error")).log.level, LogLevel::error);
  EXPECT_EQ(good(with("log.format", "logfmt")).log.format, LogFormat::logfmt);
  EXPECT_EQ(good(with("log.format", "json")).log.format, LogFormat::json);
  EXPECT_THAT(mistakes(with("log.level", "trace")),
              ElementsAre(HasSubstr("not one of debug, info, warn, error")));
  EXPECT_THAT(mistakes(with("log.format", "jsn")), ElementsAre(HasSubstr("did you mean 'json'?")));
}

TEST(Keys, TheStateIsInMemoryUnlessAFileIsNamed) {
  EXPECT_EQ(good(kTarget).state.file, "");
  EXPECT_EQ(good(with("state.file", "/var/lib/x/state")).state.file, "/var/lib/x/state");
  EXPECT_THAT(mistakes(with("state.file", "[a]")), ElementsAre(HasSubstr("a single value is needed here")));
}

TEST(Keys, ListenAddressesAreAListOfAtLeastOne) {
  EXPECT_THAT(good(kTarget).web.listen_address, ElementsAre("127.0.0.1:10973"));
  EXPECT_THAT(good(with("web.listen_address", "[':1', '[::1]:2']")).web.listen_address,
              ElementsAre(":1", "[::1]:2"));
  EXPECT_THAT(mistakes(with("web.listen_address", "[]")), ElementsAre(HasSubstr("at least 1, at most 16")));
  EXPECT_THAT(mistakes(with("web.listen_address", "':1'")),
              ElementsAre(HasSubstr("a list such as [one, two]")));
  EXPECT_THAT(mistakes(with("web.listen_address", "[':1', nowhere, ':1']")),
              ElementsAre(HasSubstr("web.listen_address[1]: 'nowhere' has no port"),
                          HasSubstr("web.listen_address[2]: stands in this list twice")));
  EXPECT_THAT(mistakes(with("web.listen_address", "[~, [':1']]")),
              ElementsAre(HasSubstr("found nothing"), HasSubstr("found a list")));
}

TEST(Keys, WhereThePagesAreHasDefaultsAndRules) {
  const Web web = good(kTarget).web;
  EXPECT_EQ(web.telemetry_path, "/metrics");
  EXPECT_TRUE(web.config_file.empty() && web.external_url.empty() && web.route_prefix.empty());
  EXPECT_FALSE(web.systemd_socket || web.health_without_auth);
  EXPECT_EQ(good(with("web.telemetry_path", "/m")).web.telemetry_path, "/m");
  EXPECT_EQ(good(with("web.config_file", "/a/b.yml")).web.config_file, "/a/b.yml");
  EXPECT_EQ(good(with("web.external_url", "https://a.example/sas")).web.external_url,
            "https://a.example/sas");
  EXPECT_EQ(good(with("web.route_prefix", "/sas")).web.route_prefix, "/sas");
  EXPECT_TRUE(good(with("web.systemd_socket", "true")).web.systemd_socket);
  EXPECT_TRUE(good(with("web.health_without_auth", "true")).web.health_without_auth);
  EXPECT_THAT(mistakes(with("web.telemetry_path", "m")),
              ElementsAre(HasSubstr("does not begin with a slash")));
  EXPECT_THAT(mistakes(with("web.external_url", "a.example")),
              ElementsAre(HasSubstr("does not begin with https://")));
  EXPECT_THAT(mistakes(with("web.route_prefix", "'/a b'")), ElementsAre(HasSubstr("another character")));
}

TEST(Keys, SectionsAreMappings) {
  for (const char* section : {"poll", "metrics", "alerts", "state", "web", "log"}) {
    EXPECT_EQ(good(kTarget + section + ":\n"), good(kTarget)) << section;
    EXPECT_THAT(mistakes(kTarget + section + ": 5\n"),
                ElementsAre(HasSubstr("a mapping of keys is needed here")));
    EXPECT_THAT(mistakes(kTarget + section + ": [a]\n"),
                ElementsAre(HasSubstr("a mapping of keys is needed here")));
  }
}

TEST(Keys, NoneIsLeftUntestedHere) {
  std::set<std::string_view> tested{"targets",    "metrics.task_series", "log.level",
                                    "log.format", "web.listen_address",  "state.file"};
  tested.insert({"web.systemd_socket", "web.config_file", "web.telemetry_path", "web.external_url",
                 "web.route_prefix", "web.health_without_auth"});
  for (const Ordered& key : kOrdered)
    tested.insert(key.path);
  for (const Key& key : keys()) {
    if (key.path.starts_with("targets[]")) continue;                                    // target_keys_test
    if (key.path.starts_with("alerts.") && key.shape.type != Type::duration) continue;  // alert_keys_test
    if (key.path.find("[]") != std::string_view::npos) continue;  // the same, sink_keys_test
    EXPECT_TRUE(tested.contains(key.path)) << key.path;
  }
}

}  // namespace
}  // namespace sas::settings
