// SPDX-License-Identifier: Apache-2.0
#include "cli/summary.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "settings/parse.hpp"
#include "settings/schema.hpp"

namespace sas::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string summary_of(std::string_view yaml) {
  const auto parsed = settings::parse(yaml, [](std::string_view) { return std::nullopt; });
  if (!std::holds_alternative<settings::Settings>(parsed)) return "mistakes";
  return summary(std::get<settings::Settings>(parsed));
}

TEST(Summary, NamesEveryEffectiveValue) {
  const std::string text = summary_of("targets: [{name: a, site: cn}]");
  for (const settings::Key& key : settings::keys()) {
    if (key.path.starts_with("targets") || key.path.find("[]") != std::string_view::npos) continue;
    EXPECT_THAT(text, HasSubstr(fmt::format("\n  {} ", settings::leaf_of(key.path)))) << key.path;
  }
}

TEST(Summary, SaysWhoseKeySigns) {
  const std::string text = summary_of(
      "targets:\n  - {name: a, site: cn, credentials: {type: ram_role_arn, source: ecs_ram_role, role_name: "
      "node,\n"
      "     via: ['acs:ram::1:role/b'], role_arn: 'acs:ram::2:role/c'}}\n"
      "  - {name: b, site: cn, credentials: {type: profile, profile: p, config_file: /f}}\n"
      "  - {name: c, site: cn, credentials: {type: credentials_uri, uri: 'http://h/?hunter2'}}\n");
  EXPECT_THAT(text, HasSubstr("ram_role_arn, with a key of ecs_ram_role, via acs:ram::1:role/b, role "
                              "acs:ram::2:role/c, role node\n"));
  EXPECT_THAT(text, HasSubstr("profile, profile p, of /f\n"));
  EXPECT_THAT(text, testing::Not(HasSubstr("hunter2")));
}

TEST(Summary, ShowsEachTargetWithWhatItLooksAt) {
  const std::string text = summary_of(
      "targets:\n  - {name: a, site: cn, network: vpc, task_types: [X, Y]}\n"
      "  - {name: b, endpoint: 'https://h:1', ca_file: /ca.pem, task_sources: [Z]}\n");
  EXPECT_THAT(text, HasSubstr("target a\n  site                    cn\n"
                              "  network                 vpc, for VPCs of cn-beijing, "));
  EXPECT_THAT(text, HasSubstr("  endpoint                https://tds.vpc-proxy.aliyuncs.com\n"
                              "  credentials             default, where the official SDKs look\n"
                              "  task_types              X, Y\n  task_sources            all\n"
                              "target b\n  endpoint                https://h:1\n"
                              "  ca_file                 /ca.pem\n"));
  EXPECT_THAT(text, HasSubstr("  task_types              all\n  task_sources            Z\npoll\n"));
}

TEST(Summary, SaysWhichCentreARegionBelongsTo) {
  const std::string text = summary_of(
      "targets:\n  - {name: a, site: cn-hangzhou}\n  - {name: b, site: ap-southeast-2, network: vpc}\n");
  EXPECT_THAT(text, HasSubstr("  site                    cn, to which cn-hangzhou belongs\n"));
  EXPECT_THAT(text,
              HasSubstr("  site                    intl, to which the closed region ap-southeast-2 belongs\n"
                        "  network                 vpc, for VPCs of ap-southeast-2\n"));
}

TEST(Summary, WarnsOfAnEndpointInTheClear) {
  EXPECT_THAT(summary_of("targets: [{name: a, endpoint: 'http://h'}]"),
              HasSubstr("warning: everything goes over"));
  EXPECT_THAT(summary_of("targets: [{name: a, endpoint: 'https://h'}]"), Not(HasSubstr("warning")));
}

TEST(Summary, AShortKeyIdIsNotShownAtAll) {
  const std::string text = summary_of(
      "targets: [{name: a, site: cn, credentials: {type: access_key, access_key_id: short, "
      "access_key_secret: s}}]");
  EXPECT_THAT(text, HasSubstr("access_key, id ***, secret ***\n"));
}

TEST(Summary, FilesOfCredentialsAreNamed) {
  const std::string text = summary_of(
      "targets: [{name: a, site: cn, credentials: {type: access_key, access_key_id_file: /i, "
      "access_key_secret_file: /s}}]");
  EXPECT_THAT(text, HasSubstr("access_key, id from /i, secret from /s\n"));
}

TEST(Summary, RulesAndSinksThatAreOffAreShownSo) {
  const std::string text =
      summary_of("targets: [{name: a, site: cn}]\nalerts: {stalled_after: 0s, sinks: []}\n");
  EXPECT_THAT(text, HasSubstr("stalled_after           never\n"));
  EXPECT_THAT(text, HasSubstr("sinks                   none\n"));
}

TEST(Summary, ShowsWhatIsExpectedAndSilenced) {
  const std::string text = summary_of(
      "targets: [{name: a, site: cn}]\nalerts:\n"
      "  expect: [{task_type: CHECK_SCHEDULE, within: 48h}, {task_type: X, within: 90m}]\n"
      "  silence: [{alert: stalled, target: a}, {task_type: X}]\n  runbook_url: https://h/r/\n"
      "  contract_drift_for: 0s\n  failed_subtasks: false\n");
  EXPECT_THAT(text, HasSubstr("  expect                  CHECK_SCHEDULE within 2d\n"
                              "                          X within 1h30m\n"));
  EXPECT_THAT(text, HasSubstr("  silence                 stalled, of target a\n"
                              "                          all alerts, of type X\n"
                              "  runbook_url             https://h/r/\n"));
  EXPECT_THAT(text, HasSubstr("contract_drift_for      never\n  failed_subtasks         false\n"));
  EXPECT_THAT(
      summary_of("targets: [{name: a, site: cn}]"),
      AllOf(HasSubstr("  expect                  none\n"), HasSubstr("  silence                 none\n"),
            HasSubstr("  runbook_url             none\n  sinks                   log\n")));
}

TEST(Summary, ShowsSinksWithoutTheirSecrets) {
  const std::string text = summary_of(
      "targets: [{name: a, site: cn}]\nalerts:\n  sinks:\n"
      "    - {type: alertmanager, urls: ['http://a:1', 'http://b:1/am'], ca_file: /ca}\n"
      "    - {type: alertmanager, name: third, url: 'https://c:9093/', bearer_token: hunter2}\n"
      "    - {type: webhook, url: 'https://hooks.example/hunter2?x=hunter2', bearer_token_file: /t, "
      "transitions: true}\n"
      "    - {type: webhook, name: chat, format: dingtalk, url_file: /u, secret: hunter2}\n"
      "    - {type: webhook, name: lark, format: feishu, url: 'http://h/hunter2', secret_file: /s}\n");
  EXPECT_THAT(
      text,
      HasSubstr(
          "  sinks                   alertmanager at http://a:1 and http://b:1/am, trusting /ca\n"
          "                          third, of type alertmanager at https://c:9093, bearer token ***\n"
          "                          webhook as json at https://hooks.example/***, bearer token from /t, "
          "transitions too\n"
          "                          chat, of type webhook as dingtalk at an address from /u, secret ***\n"
          "                          lark, of type webhook as feishu at http://h/***, secret from /s\n"
          "                          warning: alerts go there over the network in the clear\n"));
  EXPECT_THAT(text, Not(HasSubstr("hunter2")));
}

}  // namespace
}  // namespace sas::cli
