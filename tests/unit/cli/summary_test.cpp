// SPDX-License-Identifier: Apache-2.0
#include "cli/summary.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "settings/parse.hpp"
#include "settings/schema.hpp"

namespace sas::cli {
namespace {

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
    if (key.path.starts_with("targets") || key.path.ends_with("[].type")) continue;
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

}  // namespace
}  // namespace sas::cli
