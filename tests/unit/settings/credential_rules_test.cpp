// SPDX-License-Identifier: Apache-2.0
// Which keys go with which type of credentials, and what they may hold.
#include "settings/credential_rules.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "unit/settings/yaml.hpp"

namespace sas::settings {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Type = Credentials::Type;

std::string yaml(std::string_view keys) {
  return fmt::format("targets: [{{name: a, site: cn, credentials: {{{}}}}}]\n", keys);
}

Credentials only(std::string_view keys) {
  return good(yaml(keys)).targets.at(0).credentials;
}

std::vector<std::string> wrong(std::string_view keys) {
  return mistakes(yaml(keys));
}

TEST(CredentialRules, EachTypeIsFineWithWhatItNeeds) {
  EXPECT_EQ(only("type: oidc_role_arn").type,
            Type::oidc_role_arn);  // all of it is in the environment of the pod
  EXPECT_EQ(only("type: ecs_ram_role").type, Type::ecs_ram_role);
  EXPECT_EQ(only("type: credentials_uri").type, Type::credentials_uri);
  EXPECT_EQ(only("type: profile").type, Type::profile);
  const Credentials role = only("type: ram_role_arn, role_arn: 'acs:ram::1:role/r'");
  EXPECT_EQ(role.type, Type::ram_role_arn);
  EXPECT_EQ(role.source, Type::chain);
  EXPECT_EQ(role.session_duration, 1h);
  EXPECT_EQ(role.role_session_name, "");
  EXPECT_TRUE(role.imdsv1);
}

TEST(CredentialRules, EachKeyIsStored) {
  const Credentials role = only(
      "type: ram_role_arn, source: oidc_role_arn, role_arn: 'acs:ram::3:role/c', via: "
      "['acs:ram::2:role/b'],\n"
      "source_role_arn: 'acs:ram::1:role/a', role_session_name: me, session_duration: 15m, policy: '{}', "
      "external_id: e1,\n sts_region: cn-hangzhou, sts_network: vpc, oidc_provider_arn: "
      "'acs:ram::1:oidc-provider/p', oidc_token_file: /t");
  EXPECT_EQ(role.source, Type::oidc_role_arn);
  EXPECT_EQ(role.role_arn, "acs:ram::3:role/c");
  EXPECT_THAT(role.via, ElementsAre("acs:ram::2:role/b"));
  EXPECT_EQ(role.source_role_arn, "acs:ram::1:role/a");
  EXPECT_EQ(role.role_session_name, "me");
  EXPECT_EQ(role.session_duration, 15min);
  EXPECT_EQ(role.policy, "{}");
  EXPECT_EQ(role.external_id, "e1");
  EXPECT_EQ(role.sts_region, "cn-hangzhou");
  EXPECT_EQ(role.sts_network, Credentials::StsNetwork::vpc);
  EXPECT_EQ(role.oidc_provider_arn, "acs:ram::1:oidc-provider/p");
  EXPECT_EQ(role.oidc_token_file, "/t");
  EXPECT_EQ(only("type: oidc_role_arn, sts_endpoint: 'https://h'").sts_endpoint, "https://h");
  const Credentials ecs = only("type: ecs_ram_role, role_name: node, imdsv1: false");
  EXPECT_EQ(ecs.role_name, "node");
  EXPECT_FALSE(ecs.imdsv1);
  EXPECT_EQ(only("type: credentials_uri, uri: 'http://h/k?t=1'").uri, "http://h/k?t=1");
  const Credentials profile = only("type: profile, profile: p, config_file: /f");
  EXPECT_EQ(profile.profile, "p");
  EXPECT_EQ(profile.config_file, "/f");
}

TEST(CredentialRules, ASourceBringsItsOwnKeys) {
  const std::string role = "type: ram_role_arn, role_arn: 'acs:ram::1:role/r', source: ";
  EXPECT_THAT(wrong(role + "access_key"),
              ElementsAre(HasSubstr("access_key_id: is missing; credentials of type access_key need it, or "
                                    "access_key_id_file"),
                          HasSubstr("access_key_secret: is missing")));
  EXPECT_THAT(wrong(role + "access_key, access_key_id: i, access_key_secret_file: /s"), IsEmpty());
  EXPECT_THAT(wrong(role + "ecs_ram_role, role_name: node"), IsEmpty());
  EXPECT_THAT(wrong(role + "default, role_name: node"),
              ElementsAre(HasSubstr("role_name: goes with credentials.type: ecs_ram_role; here the type is "
                                    "ram_role_arn, the source default")));
  EXPECT_THAT(wrong(role + "profile, source_role_arn: 'acs:ram::1:role/a'"),
              ElementsAre(HasSubstr("source_role_arn: goes with credentials.source: oidc_role_arn")));
  EXPECT_THAT(wrong(role + "ram_role_arn"), ElementsAre(HasSubstr("'ram_role_arn' is not one of default, ")));
}

TEST(CredentialRules, WhatIsOfAnotherTypeIsNamed) {
  EXPECT_THAT(wrong("type: ram_role_arn"),
              ElementsAre(HasSubstr("role_arn: is missing; credentials of type ram_role_arn need it")));
  EXPECT_THAT(wrong("type: oidc_role_arn, external_id: e1"),
              ElementsAre(HasSubstr("external_id: goes with credentials.type: ram_role_arn; here the type is "
                                    "oidc_role_arn")));
  EXPECT_THAT(wrong("type: ecs_ram_role, role_arn: 'acs:ram::1:role/r'"),
              ElementsAre(HasSubstr("role_arn: goes with credentials.type: oidc_role_arn or ram_role_arn")));
}

TEST(CredentialRules, OnePlaceIsAskedForSessions) {
  EXPECT_THAT(wrong("type: oidc_role_arn, sts_region: cn-hangzhou, sts_endpoint: 'https://h'"),
              ElementsAre(HasSubstr("sts_endpoint: excludes sts_region")));
  EXPECT_THAT(wrong("type: oidc_role_arn, sts_network: vpc, sts_endpoint: 'https://h'"),
              ElementsAre(HasSubstr("sts_network: goes with sts_region only")));
  EXPECT_THAT(wrong("type: oidc_role_arn, sts_network: vpc"),
              ElementsAre(HasSubstr("sts_network: needs sts_region")));
}

TEST(CredentialRules, ValuesAreHeldAgainstWhatRamAndStsDocument) {
  const std::pair<const char*, const char*> cases[] = {
      {"role_arn: 'arn:aws:iam::1:role/r'", "is not the ARN of a role; it looks like acs:ram::"},
      {"role_arn: 'acs:ram::x:role/r'", "is not the ARN of a role"},
      {"role_arn: 'acs:ram::1:user/r'", "is not the ARN of a role"},
      {"role_arn: 'acs:ram::1:role/'", "is not the ARN of a role"},
      {"oidc_provider_arn: 'acs:ram::1:role/r'", "is not the ARN of an OIDC provider"},
      {"role_session_name: a", "is no session name; write 2 to 64"},
      {"role_session_name: 'a b'", "is no session name"},
      {"session_duration: 14m", "is out of bounds: at least 15m, at most 12h"},
      {"policy: 'no'", "is no policy; write a JSON object"},
      {"sts_region: hangzhou", "is no region; it looks like cn-hangzhou"},
      {"sts_region: cn-h/x", "is no region"},
      {"sts_endpoint: sts.aliyuncs.com", "does not begin with https://"},
  };
  for (const auto& [key, problem] : cases)
    EXPECT_THAT(wrong(fmt::format("type: oidc_role_arn, {}", key)), ElementsAre(HasSubstr(problem))) << key;
  EXPECT_THAT(wrong("type: ram_role_arn, role_arn: 'acs:ram::1:role/r', external_id: 'a b'"),
              ElementsAre(HasSubstr("is no external id")));
  EXPECT_THAT(wrong("type: ecs_ram_role, role_name: 'acs:ram::1:role/r'"),
              ElementsAre(HasSubstr("write its name alone, not its ARN")));
  for (const char* uri : {"ftp://hunter2", "http://", "http://hunter2@h/", "http://h/#hunter2"})
    EXPECT_THAT(
        wrong(fmt::format("type: credentials_uri, uri: '{}'", uri)),
        ElementsAre(testing::AllOf(HasSubstr("uri: the value "), testing::Not(HasSubstr("hunter2")))));
}

}  // namespace
}  // namespace sas::settings
