// SPDX-License-Identifier: Apache-2.0
#pragma once
// The keys below alerts: a part of the table in keys.cpp.

#include <array>
#include <string_view>

#include "settings/checks.hpp"
#include "settings/declare.hpp"
#include "settings/sink_rules.hpp"
#include "settings/url_checks.hpp"

namespace sas::settings {

constexpr std::array<std::string_view, 9> kAlertNames{"timed_out",
                                                      "stalled",
                                                      "not_started",
                                                      "running_longer_than",
                                                      "expected_check_missing",
                                                      "completed_with_failures",
                                                      "poll_failing",
                                                      "credentials_expiring",
                                                      "contract_drift"};

constexpr std::array kAlertKeys{
    alerts<&Alerts::stalled_after>(
        {.path = "alerts.stalled_after",
         .shape = within("0s", "30d"),
         .default_text = "30m",
         .sentence = "A running task without progress for so long is stalled; 0s: never."}),
    alerts<&Alerts::not_started_after>(
        {.path = "alerts.not_started_after",
         .shape = within("0s", "30d"),
         .default_text = "30m",
         .sentence = "A task that was created so long ago and has not started is late; 0s: never."}),
    alerts<&Alerts::running_longer_than>(
        {.path = "alerts.running_longer_than",
         .shape = within("0s", "30d"),
         .default_text = "6h",
         .sentence = "A task that runs for longer takes too long; 0s: never."}),
    alerts<&Alerts::learn_durations>(
        {.path = "alerts.learn_durations",
         .default_text = "true",
         .sentence = "Whether a task takes too long also where it runs for twice the 95th percentile of the "
                     "completed runs of its type, once 20 are known, but for 10m at least."}),
    items({.path = "alerts.expect",
           .shape = within("0", "100"),
           .default_text = "[]",
           .sentence = "Types of checks that have to complete every so often."}),
    alerts<&Alerts::poll_failing_after>({.path = "alerts.poll_failing_after",
                                         .shape = within("0s", "30d"),
                                         .default_text = "5m",
                                         .sentence = "A target whose polls fail for so long; 0s: never."}),
    alerts<&Alerts::credentials_expiring_within>(
        {.path = "alerts.credentials_expiring_within",
         .shape = within("0s", "1d"),
         .default_text = "10m",
         .sentence = "A temporary key that expires so soon and has not been renewed; 0s: never."}),
    alerts<&Alerts::contract_drift_for>(
        {.path = "alerts.contract_drift_for",
         .shape = within("0s", "30d"),
         .default_text = "1h",
         .sentence =
             "For how long an answer that does not keep what the API documents is worth an alert; 0s: "
             "for none."}),
    alerts<&Alerts::failed_subtasks>(
        {.path = "alerts.failed_subtasks",
         .default_text = "true",
         .sentence =
             "Whether the subtasks of a task that ended are read, once and within the budget, to tell "
             "how many failed and which; needs the permission for ListOperationProcessDetail."}),
    items({.path = "alerts.silence",
           .shape = within("0", "100"),
           .default_text = "[]",
           .sentence = "Alerts that nobody is told of."}),
    alerts<&Alerts::runbook_url>({.path = "alerts.runbook_url",
                                  .shape = checked(check_runbook_url),
                                  .example = "https://wiki.example.com/runbooks/",
                                  .sentence =
                                      "Address below which the runbooks are, with a slash at its end: "
                                      "each alert then links to its own. Without it there are no links."}),
    items({.path = "alerts.sinks",
           .shape = within("0", "10"),
           .default_text = "[{type: log}]",
           .sentence = "Who is told of transitions and alerts; an empty list: nobody."}),

    key<&Draft::expected, &ExpectedCheck::task_type>(
        {.path = "alerts.expect[].task_type",
         .shape = checked(check_task_type),
         .example = "CHECK_SCHEDULE",
         .presence = Presence::required,
         .sentence = "The type, each once; it is looked for at every target that watches it."}),
    key<&Draft::expected, &ExpectedCheck::within>(
        {.path = "alerts.expect[].within",
         .shape = within("1m", "365d"),
         .example = "48h",
         .presence = Presence::required,
         .sentence = "How long ago the last one may have completed."}),

    key<&Draft::silence, &Silence::alert>({.path = "alerts.silence[].alert",
                                           .shape = one_of(kAlertNames),
                                           .example = "running_longer_than",
                                           .presence = Presence::one_of,
                                           .sentence = "Only this alert."}),
    key<&Draft::silence, &Silence::target>({.path = "alerts.silence[].target",
                                            .shape = any(),
                                            .example = "production",
                                            .presence = Presence::one_of,
                                            .sentence = "Only alerts of the target of this name."}),
    key<&Draft::silence, &Silence::task_type>(
        {.path = "alerts.silence[].task_type",
         .shape = checked(check_task_type),
         .example = "CHECK_ALL",
         .presence = Presence::one_of,
         .sentence = "Only alerts of tasks of this type, or of the check of this type that is missing."}),
};

}  // namespace sas::settings
