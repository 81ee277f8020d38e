// SPDX-License-Identifier: Apache-2.0
#pragma once
// The keys below alerts.sinks[]: a part of the table in keys.cpp.

#include <array>

#include "settings/checks.hpp"
#include "settings/declare.hpp"
#include "settings/sink_rules.hpp"
#include "settings/url_checks.hpp"

namespace sas::settings {

constexpr std::array kSinkKeys{
    sink<&Sink::type>({.path = "alerts.sinks[].type",
                       .shape = one_of(kSinkTypes),
                       .example = "log",
                       .presence = Presence::required,
                       .sentence =
                           "log writes one line each to the daemon's own log. alertmanager sends alerts "
                           "to Prometheus' Alertmanager (API v2). webhook posts them to an address."}),
    sink<&Sink::name>({.path = "alerts.sinks[].name",
                       .shape = checked(check_sink_name),
                       .example = "on-call",
                       .sentence =
                           "Label `sink` of its metrics; unique: 1 to 64 of a-z, 0-9, _ and -. The word "
                           "of its type without it."}),
    sink<&Sink::url>({.path = "alerts.sinks[].url",
                      .shape = hidden(check_sink_url),
                      .example = "${WEBHOOK_URL}",
                      .presence = Presence::one_of,
                      .sentence =
                          "Of alertmanager: its base address, such as http://127.0.0.1:9093, with the "
                          "prefix of its routes if it has one. Of webhook: the whole address, which is "
                          "kept secret, as chat services put their token in it."}),
    sink<&Sink::url_file>({.path = "alerts.sinks[].url_file",
                           .shape = any(),
                           .example = "/run/credentials/webhook_url",
                           .presence = Presence::one_of,
                           .sentence = "Of webhook: file that holds it, instead."}),
    sink<&Sink::urls>(
        {.path = "alerts.sinks[].urls",
         .shape = within("1", "10", check_alertmanager_url),
         .example = "[\"http://alertmanager-0:9093\", \"http://alertmanager-1:9093\"]",
         .presence = Presence::one_of,
         .sentence = "Of alertmanager, instead of url: all members of a cluster, which are all sent to."}),
    sink<&Sink::format>(
        {.path = "alerts.sinks[].format",
         .shape = one_of(kSinkFormats),
         .default_text = "json",
         .sentence =
             "Of webhook: json is for programs; dingtalk and feishu (Lark too) are what the robots of "
             "these chats take."}),
    sink<&Sink::secret>({.path = "alerts.sinks[].secret",
                         .shape = hidden(check_key),
                         .example = "${ROBOT_SECRET}",
                         .sentence =
                             "Of formats dingtalk and feishu: what messages are signed with, where the "
                             "robot's security settings ask for a signature."}),
    sink<&Sink::secret_file>({.path = "alerts.sinks[].secret_file",
                              .shape = any(),
                              .example = "/run/credentials/robot_secret",
                              .sentence = "File that holds it, instead."}),
    sink<&Sink::bearer_token>({.path = "alerts.sinks[].bearer_token",
                               .shape = hidden(check_key),
                               .example = "${BEARER_TOKEN}",
                               .sentence =
                                   "Of alertmanager and of format json: sent as `Authorization: Bearer`, "
                                   "over https:// or to this machine itself only."}),
    sink<&Sink::bearer_token_file>({.path = "alerts.sinks[].bearer_token_file",
                                    .shape = any(),
                                    .example = "/run/credentials/bearer_token",
                                    .sentence = "File that holds it, instead."}),
    sink<&Sink::ca_file>({.path = "alerts.sinks[].ca_file",
                          .shape = any(),
                          .example = "/etc/ssl/certs/internal-ca.pem",
                          .sentence =
                              "Of alertmanager and webhook: PEM file of a certificate authority to trust "
                              "for this sink besides the system's."}),
    sink<&Sink::transitions>({.path = "alerts.sinks[].transitions",
                              .default_text = "false",
                              .sentence = "Of webhook: whether every step of a task's life is sent as well, "
                                          "not only alerts."}),
};

}  // namespace sas::settings
