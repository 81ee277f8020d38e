// SPDX-License-Identifier: Apache-2.0
// The keys of alerts but for the sinks and what has an order, and the rules between them and the targets.
#include "settings/alert_keys.hpp"

#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "settings/schema.hpp"
#include "unit/settings/yaml.hpp"

namespace sas::settings {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string with(std::string_view keys) {
  return kTarget + fmt::format("alerts: {{{}}}\n", keys);
}

Alerts only(std::string_view keys) {
  return good(with(keys)).alerts;
}

std::vector<std::string> wrong(std::string_view keys) {
  return mistakes(with(keys));
}

/// One element of a list of alerts.
std::string one(std::string_view list, std::string_view keys) {
  return fmt::format("{}: [{{{}}}]", list, keys);
}

TEST(AlertKeys, WhatIsOnOrOffIsOn) {
  const Alerts standard = good(kTarget).alerts;
  EXPECT_TRUE(standard.learn_durations);
  EXPECT_TRUE(standard.failed_subtasks);
  EXPECT_FALSE(only("learn_durations: false").learn_durations);
  EXPECT_FALSE(only("failed_subtasks: false").failed_subtasks);
  EXPECT_THAT(wrong("learn_durations: off"), ElementsAre(HasSubstr("'off' is neither true nor false")));
  EXPECT_THAT(wrong("failed_subtasks: 1"), ElementsAre(HasSubstr("'1' is neither true nor false")));
}

TEST(AlertKeys, NothingIsExpectedOrSilencedByItself) {
  const Alerts standard = good(kTarget).alerts;
  EXPECT_THAT(standard.expect, IsEmpty());
  EXPECT_THAT(standard.silence, IsEmpty());
  EXPECT_EQ(standard.runbook_url, "");
  EXPECT_EQ(only("expect: [], silence: []"), standard);
}

TEST(AlertKeys, ExpectedChecksHaveATypeAndATime) {
  const ExpectedCheck daily{.task_type = "CHECK_SCHEDULE", .within = 48h};
  const ExpectedCheck unknown{.task_type = "CHECK_NEW.v2-x", .within = 1min};
  EXPECT_THAT(
      only("expect: [{task_type: CHECK_SCHEDULE, within: 48h}, {task_type: CHECK_NEW.v2-x, within: 1m}]")
          .expect,
      ElementsAre(daily, unknown));
  EXPECT_EQ(only(one("expect", "task_type: A, within: 365d")).expect.at(0).within, 365 * 24h);
}

TEST(AlertKeys, MistakesInExpectedChecksAreTold) {
  const std::string longest(64, 'A');
  EXPECT_THAT(wrong(one("expect", "task_type: " + longest + ", within: 1h")), IsEmpty());
  const std::pair<std::string, const char*> cases[] = {
      {"task_type: A", "f:2:19: alerts.expect[0].within: is missing"},
      {"within: 1h", "f:2:19: alerts.expect[0].task_type: is missing"},
      {"task_type: 'CHECK ALL', within: 1h", "'CHECK ALL' is no task type; it looks like CHECK_SCHEDULE"},
      {"task_type: ' A', within: 1h", "is no task type"},
      {"task_type: \"A\\n\", within: 1h", "is no task type"},
      {"task_type: 检查, within: 1h", "is no task type"},
      {"task_type: " + longest + "A, within: 1h", "is no task type"},
      {"task_type: '', within: 1h", "task_type: is empty"},
      {"task_type: A, within: 59s", "out of bounds: at least 1m, at most 365d"},
      {"task_type: A, within: 365d1s", "out of bounds: at least 1m, at most 365d"},
      {"task_type: A, within: 0s", "out of bounds"},
      {"task_type: A, within: daily", "'daily' is not a duration"},
      {"task_type: A, within: 1h, every: 1h",
       "alerts.expect[0].every: is not known here; known are task_type, within"},
  };
  for (const auto& [keys, problem] : cases)
    EXPECT_THAT(wrong(one("expect", keys)), ElementsAre(HasSubstr(problem))) << keys;
  EXPECT_THAT(
      wrong("expect: [{task_type: A, within: 1h},\n {task_type: B, within: 1h}, {task_type: A, within: 2h}]"),
      ElementsAre(HasSubstr("f:3:42: alerts.expect[2].task_type: is expected already, in line 2; keep one")));
  EXPECT_THAT(wrong("expect: CHECK_ALL"), ElementsAre(HasSubstr("a list of mappings is needed here")));
}

TEST(AlertKeys, WhatNoTargetWatchesIsNotExpected) {
  const std::string file =
      "alerts: {expect: [{task_type: A, within: 1h}]}\n"
      "targets: [{name: a, site: cn, task_types: [B]}, {name: b, site: cn, task_types: ";
  EXPECT_THAT(mistakes(file + "[C]}]\n"),
              ElementsAre(HasSubstr("f:1:31: alerts.expect[0].task_type: is watched by no target; add it")));
  EXPECT_THAT(mistakes(file + "[C, A]}]\n"), IsEmpty());
  EXPECT_THAT(mistakes(file + "[]}]\n"), IsEmpty());
}

TEST(AlertKeys, EachAlertCanBeSilenced) {
  for (const std::string_view name : kAlertNames)
    EXPECT_EQ(only(one("silence", fmt::format("alert: {}", name))).silence.at(0).alert, name);
  EXPECT_EQ(kAlertNames.size(), 9U);
  const Alerts all =
      only("silence: [{target: a}, {task_type: X}, {alert: stalled, target: a, task_type: X}]");
  const Silence target{.target = "a"};
  const Silence type{.task_type = "X"};
  const Silence three{.alert = "stalled", .target = "a", .task_type = "X"};
  EXPECT_THAT(all.silence, ElementsAre(target, type, three));
}

TEST(AlertKeys, MistakesInSilencesAreTold) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "f:2:20: alerts.silence[0]: says nothing; write at least one of alert, target and task_type"},
      {"alert: ", "alerts.silence[0]: says nothing"},
      {"alert: down",
       "'down' is not one of timed_out, stalled, not_started, running_longer_than, expected_check_missing, "
       "completed_with_failures, poll_failing, credentials_expiring, contract_drift"},
      {"alert: stuck", "alert: 'stuck' is not one of timed_out"},
      {"alert: timed-out", "did you mean 'timed_out'?"},
      {"alert: SasTaskStalled", "is not one of timed_out, stalled"},
      {"alert: [stalled]", "a single value is needed here"},
      {"target: b",
       "f:2:29: alerts.silence[0].target: is the name of no target; their names stand in line 1"},
      {"target: A", "is the name of no target"},
      {"task_type: 'A B'", "is no task type"},
      {"alert: poll_failing, task_type: A",
       "task_type: does not go with the alert poll_failing, which is of a whole target"},
      {"alert: credentials_expiring, task_type: A", "does not go with the alert credentials_expiring"},
      {"alert: contract_drift, task_type: A", "does not go with the alert contract_drift"},
      {"alrt: stalled", "did you mean alert?"},
  };
  for (const auto& [keys, problem] : cases)
    EXPECT_THAT(wrong(one("silence", keys)), ElementsAre(HasSubstr(problem))) << keys;
  EXPECT_THAT(
      wrong("silence: [{alert: stalled}, {target: a}, {alert: stalled}]"),
      ElementsAre(HasSubstr("alerts.silence[2]: is the same as an element above; keep one of the two")));
}

TEST(AlertKeys, TargetsMayStandBelowTheirSilence) {
  const std::string silence = "alerts: {silence: [{target: b}]}\n";
  EXPECT_EQ(good(silence + "targets: [{name: b, site: cn}]\n").alerts.silence.size(), 1U);
  EXPECT_THAT(
      mistakes(silence + "targets: [{name: a, site: cn},\n{name: c, site: cn}, {name: d, site: cn}]\n"),
      ElementsAre(HasSubstr("their names stand in lines 2, 3")));
}

TEST(AlertKeys, AMistakeInATargetsNameIsToldAlone) {
  const std::string silence = "alerts: {silence: [{target: b}], expect: [{task_type: A, within: 1h}]}\n";
  EXPECT_THAT(mistakes(silence + "targets: [{name: ' b', site: cn}]\n"),
              ElementsAre(HasSubstr("targets[0].name")));
  EXPECT_THAT(mistakes(silence + "targets: [b, {name: a, site: cn}]\n"),
              ElementsAre(HasSubstr("targets[0]: ")));
  EXPECT_THAT(mistakes(silence), ElementsAre(HasSubstr("targets: is missing")));
  EXPECT_THAT(mistakes(silence + "targets: [{name: a, site: mars}]\n"),
              ElementsAre(HasSubstr("alerts.silence[0].target"), HasSubstr("targets[0].site")));
}

TEST(AlertKeys, NamesFromTheEnvironmentAreNotTold) {
  const std::string file =
      "targets: [{name: '${NAME}', site: cn}]\nalerts: {silence: [{target: '${OTHER}'}]}\n";
  EXPECT_THAT(mistakes(file, {{"NAME", "hunter1"}, {"OTHER", "hunter2"}}),
              ElementsAre(AllOf(HasSubstr("is the name of no target"), Not(HasSubstr("hunter")))));
  EXPECT_EQ(good(file, {{"NAME", "x"}, {"OTHER", "x"}}).alerts.silence.at(0).target, "x");
}

TEST(AlertKeys, OfManyTargetsTenLinesAreNamed) {
  std::string file = "alerts: {silence: [{target: b}]}\ntargets:\n";
  for (int i = 0; i < 12; ++i)
    file += fmt::format("  - {{name: a{}, site: cn}}\n", i);
  EXPECT_THAT(mistakes(file), ElementsAre(HasSubstr("in lines 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, …")));
}

TEST(AlertKeys, RunbooksHaveAnAddressToBeginWith) {
  for (const char* url : {"https://wiki.example.com/runbooks/", "http://wiki:8080/", "https://h/a%20b/(c)/"})
    EXPECT_EQ(only(fmt::format("runbook_url: '{}'", url)).runbook_url, url);
  const std::pair<const char*, const char*> cases[] = {
      {"wiki/runbooks/", "does not begin with https:// or http://"},
      {"https://h", "does not end with a slash after its path; write https://host/path/"},
      {"https://h/runbooks", "does not end with a slash"},
      {"https://h/?page=/", "does not end with a slash"},
      {"https://h/runbooks/#", "holds a fragment"},
      {"https://hunter2:hunter2@h/",
       "holds a user before the host; whoever reads an alert would read it too"},
      {"https:///runbooks/", "names no host"},
      {"", "is empty; write a value, or leave the key out"},
  };
  for (const auto& [url, problem] : cases)
    EXPECT_THAT(wrong(fmt::format("runbook_url: '{}'", url)),
                ElementsAre(AllOf(HasSubstr(problem), Not(HasSubstr("hunter2")))))
        << url;
}

TEST(AlertKeys, ListsHaveTheirBounds) {
  std::string types, silences, sinks;
  for (int i = 0; i < 100; ++i) {
    types += fmt::format("{{task_type: A{}, within: 1h}}, ", i);
    silences += fmt::format("{{task_type: A{}}}, ", i);
    if (i < 10) sinks += fmt::format("{{type: webhook, name: s{0}, url: 'https://h/{0}'}}, ", i);
  }
  const auto lists = [](std::string_view expect, std::string_view silence, std::string_view to) {
    return fmt::format("expect: [{}], silence: [{}], sinks: [{}]", expect, silence, to);
  };
  EXPECT_EQ(only(lists(types, silences, sinks)).expect.size(), 100U);
  EXPECT_THAT(wrong(lists(types + "{}", silences + "{}", sinks + "{}")),
              ElementsAre(HasSubstr("alerts.expect: has 101 elements: at least 0, at most 100"),
                          HasSubstr("alerts.silence: has 101 elements: at least 0, at most 100"),
                          HasSubstr("alerts.sinks: has 11 elements: at least 0, at most 10")));
}

TEST(AlertKeys, NoneIsLeftUntestedHere) {
  const std::set<std::string_view> tested{"alerts.learn_durations",
                                          "alerts.failed_subtasks",
                                          "alerts.expect",
                                          "alerts.expect[].within",
                                          "alerts.expect[].task_type",
                                          "alerts.silence",
                                          "alerts.silence[].alert",
                                          "alerts.silence[].target",
                                          "alerts.silence[].task_type",
                                          "alerts.runbook_url",
                                          "alerts.sinks"};
  for (const Key& key : kAlertKeys)
    if (key.shape.type != Type::duration || key.path.find('[') != std::string_view::npos) {
      EXPECT_TRUE(tested.contains(key.path)) << key.path;
    }
}

}  // namespace
}  // namespace sas::settings
