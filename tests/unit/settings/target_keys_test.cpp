// SPDX-License-Identifier: Apache-2.0
// Each key of a target, and the rules between them.
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "settings/schema.hpp"
#include "unit/settings/yaml.hpp"

namespace sas::settings {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string target(std::string_view keys) {
  return fmt::format("targets: [{{{}}}]\n", keys);
}

WatchedTarget only(std::string_view keys, const Variables& variables = {}) {
  const Settings settings = good(target(keys), variables);
  EXPECT_EQ(settings.targets.size(), 1U);
  return settings.targets.empty() ? WatchedTarget{} : settings.targets.front();
}

std::string credentials(std::string_view keys) {
  return target(fmt::format("name: a, site: cn, credentials: {{{}}}", keys));
}

TEST(TargetKeys, ATargetNeedsANameAndASite) {
  const WatchedTarget watched = only("name: a, site: cn");
  EXPECT_EQ(watched.target.name, "a");
  EXPECT_EQ(watched.target.ca_file, "");
  EXPECT_THAT(watched.target.task_types, IsEmpty());
  EXPECT_THAT(watched.target.task_sources, IsEmpty());
  EXPECT_EQ(watched.credentials.type, Credentials::Type::chain);
  EXPECT_THAT(mistakes("targets: [{}]"),
              ElementsAre(HasSubstr("f:1:11: targets[0].name: is missing"),
                          HasSubstr("f:1:11: targets[0].site: is missing; write site: cn")));
}

TEST(TargetKeys, SiteAndNetworkChooseTheEndpoint) {
  EXPECT_EQ(only("name: a, site: cn").target.endpoint, "https://tds.cn-shanghai.aliyuncs.com");
  EXPECT_EQ(only("name: a, site: cn, network: public").target.endpoint,
            "https://tds.cn-shanghai.aliyuncs.com");
  EXPECT_EQ(only("name: a, site: cn, network: vpc").target.endpoint, "https://tds.vpc-proxy.aliyuncs.com");
  EXPECT_EQ(only("name: a, site: intl").target.endpoint, "https://tds.ap-southeast-1.aliyuncs.com");
  EXPECT_EQ(only("name: a, site: intl, network: vpc").target.endpoint,
            "https://tds-intl.vpc-proxy.aliyuncs.com");
}

TEST(TargetKeys, ARegionStandsForItsCentre) {
  const WatchedTarget frankfurt = only("name: a, site: eu-central-1");
  EXPECT_EQ(frankfurt.target.endpoint, "https://tds.ap-southeast-1.aliyuncs.com");
  EXPECT_EQ(frankfurt.target.site, "intl");
  EXPECT_EQ(frankfurt.region, "eu-central-1");
  EXPECT_EQ(only("name: a, site: cn-hongkong").target.site, "cn");
  EXPECT_EQ(only("name: a, site: cn").target.site, "cn");
  EXPECT_EQ(only("name: a, site: cn").region, "");
  EXPECT_EQ(only("name: a, site: ap-southeast-2, network: vpc").target.endpoint,
            "https://tds-vpc.ap-southeast-2.aliyuncs.com");
}

TEST(TargetKeys, ARegionWithoutAHostInItsVpcsIsAMistakeOfTheNetwork) {
  EXPECT_THAT(mistakes(target("name: a, site: me-east-1, network: vpc")),
              ElementsAre(HasSubstr("targets[0].network: vpc: there is no host in the VPCs of me-east-1;")));
  EXPECT_THAT(mistakes(target("name: a, site: cn-nanjing, network: public")), IsEmpty());
}

TEST(TargetKeys, AnEndpointOfACentreThatIsWrittenOutIsKnownAsIts) {
  EXPECT_EQ(only("name: a, endpoint: 'https://tds.ap-southeast-1.aliyuncs.com'").target.site, "intl");
  EXPECT_EQ(only("name: a, endpoint: 'https://h:8443'").target.site, "");
}

TEST(TargetKeys, AnEndpointStandsInsteadOfASite) {
  EXPECT_EQ(only("name: a, endpoint: 'https://h:8443'").target.endpoint, "https://h:8443");
  EXPECT_EQ(only("name: a, endpoint: 'http://127.0.0.1:1'").target.endpoint, "http://127.0.0.1:1");
  EXPECT_THAT(mistakes(target("name: a, site: cn, endpoint: 'https://h'")),
              ElementsAre(HasSubstr("targets[0].endpoint: excludes site")));
  EXPECT_THAT(mistakes(target("name: a, network: vpc, endpoint: 'https://h'")),
              ElementsAre(HasSubstr("targets[0].network: goes with site only")));
}

TEST(TargetKeys, WrongWordsAreTold) {
  EXPECT_THAT(mistakes(target("name: a, site: china")),
              ElementsAre(HasSubstr("'china' is not one of cn, intl")));
  EXPECT_THAT(mistakes(target("name: a, site: cn, network: vps")),
              ElementsAre(HasSubstr("'vps' is not one of public, vpc; did you mean 'vpc'?")));
}

TEST(TargetKeys, SingleValuesAreNotListsOrMappings) {
  for (const char* key : {"name", "site", "network", "endpoint", "ca_file"}) {
    std::string rest = "name: a, site: cn, ";
    if (std::string_view{key} == "name") rest = "site: cn, ";
    if (std::string_view{key} == "site" || std::string_view{key} == "endpoint") rest = "name: a, ";
    EXPECT_THAT(mistakes(target(rest + key + ": [x]")),
                ElementsAre(HasSubstr(
                    fmt::format("targets[0].{}: a single value is needed here; found a list", key))));
    EXPECT_THAT(mistakes(target(rest + key + ": {x: y}")), ElementsAre(HasSubstr("found a mapping")));
    EXPECT_THAT(mistakes(target(rest + key + ": ''")), ElementsAre(HasSubstr(key)));
  }
}

TEST(TargetKeys, NamesAreUnique) {
  EXPECT_THAT(
      mistakes("targets:\n  - {name: a, site: cn}\n  - {name: b, site: cn}\n  - {name: a, site: intl}\n"),
      ElementsAre("f:4:12: targets[2].name: is the name of another target too, in line 2; names are unique"));
}

TEST(TargetKeys, ALeadingZeroOrAWordLikeTrueIsANameLikeAnyOther) {
  EXPECT_EQ(only("name: 007, site: cn").target.name, "007");
  EXPECT_EQ(only("name: true, site: cn").target.name, "true");
}

TEST(TargetKeys, TheCaFileIsTakenAsItIs) {
  EXPECT_EQ(only("name: a, site: cn, ca_file: /etc/ca.pem").target.ca_file, "/etc/ca.pem");
}

TEST(TargetKeys, TaskTypesAndSourcesAreListsOfText) {
  const WatchedTarget watched = only("name: a, site: cn, task_types: [CHECK_ALL, NEW], task_sources: [web]");
  EXPECT_THAT(watched.target.task_types, ElementsAre("CHECK_ALL", "NEW"));
  EXPECT_THAT(watched.target.task_sources, ElementsAre("web"));
  for (const char* key : {"task_types", "task_sources"}) {
    const std::string start = fmt::format("name: a, site: cn, {}: ", key);
    EXPECT_THAT(mistakes(target(start + "CHECK_ALL")),
                ElementsAre(HasSubstr("a list such as [one, two] is needed")));
    EXPECT_THAT(mistakes(target(start + "[a, b, a]")),
                ElementsAre(HasSubstr("[2]: stands in this list twice")));
    EXPECT_THAT(mistakes(target(start + "['']")), ElementsAre(HasSubstr("[0]: is empty")));
    std::string many;
    for (int i = 0; i < 101; ++i)
      many += fmt::format("t{},", i);
    EXPECT_THAT(mistakes(target(start + '[' + many + ']')), ElementsAre(HasSubstr("has 101 elements")));
  }
}

TEST(TargetKeys, AtLeastOneTargetIsNeeded) {
  EXPECT_THAT(mistakes("targets: []"),
              ElementsAre(HasSubstr("targets: has 0 elements: at least 1, at most 1000")));
  EXPECT_THAT(mistakes("poll: {}"), ElementsAre("f: targets: is missing; The accounts to watch."));
  EXPECT_THAT(mistakes("targets:\n"), ElementsAre(HasSubstr("targets: is missing")));
  EXPECT_THAT(mistakes("targets: production"), ElementsAre(HasSubstr("a list of mappings is needed here")));
  EXPECT_THAT(mistakes("targets: {name: a}"), ElementsAre(HasSubstr("a list of mappings is needed here")));
  EXPECT_THAT(mistakes("targets: [production]"),
              ElementsAre(HasSubstr("targets[0]: a mapping of keys is needed")));
}

TEST(TargetKeys, WhatOneTargetSaysIsNotHandedToTheNext) {
  const Settings settings = good(
      "targets:\n  - {name: a, site: intl, network: vpc, ca_file: /ca, task_types: [x],\n"
      "     credentials: {type: access_key, access_key_id: i, access_key_secret: s}}\n  - {name: b, site: "
      "cn}\n");
  ASSERT_EQ(settings.targets.size(), 2U);
  EXPECT_EQ(settings.targets[1], only("name: b, site: cn"));
}

TEST(TargetKeys, AccessKeysStandInTheFileOrInFilesOfTheirOwn) {
  const Credentials in_place = good(credentials("type: access_key, access_key_id: id, access_key_secret: s"))
                                   .targets.front()
                                   .credentials;
  EXPECT_EQ(in_place.type, Credentials::Type::access_key);
  EXPECT_EQ(in_place.access_key_id, "id");
  EXPECT_EQ(in_place.access_key_secret.reveal(), "s");
  const Credentials in_files =
      good(credentials("type: sts, access_key_id_file: /i, access_key_secret_file: /s, "
                       "security_token_file: /t"))
          .targets.front()
          .credentials;
  EXPECT_EQ(in_files.type, Credentials::Type::sts);
  EXPECT_EQ(in_files.access_key_id_file, "/i");
  EXPECT_EQ(in_files.access_key_secret_file, "/s");
  EXPECT_EQ(in_files.security_token_file, "/t");
}

TEST(TargetKeys, EachTypeOfCredentialsTakesItsOwnKeys) {
  const std::pair<const char*, std::vector<std::string>> cases[] = {
      {"type: access_key",
       {"access_key_id: is missing; credentials of type access_key need it, or access_key_id_file",
        "access_key_secret: is missing"}},
      {"type: sts, access_key_id: i, access_key_secret: s", {"security_token: is missing"}},
      {"type: access_key, access_key_id: i, access_key_secret: s, security_token: t",
       {"security_token: goes with credentials.type: sts; here the type is access_key"}},
      {"type: access_key, access_key_id: i, access_key_secret: s, security_token_file: /t",
       {"security_token_file: goes with credentials.type: sts"}},
      {"access_key_id: i",
       {"access_key_id: goes with credentials.type: access_key or sts; here the type is default"}},
      {"type: default, access_key_secret_file: /s",
       {"access_key_secret_file: goes with credentials.type: access_key"}},
      {"type: access_key, access_key_id: i, access_key_id_file: /i, access_key_secret: s",
       {"access_key_id_file: excludes access_key_id; keep one of the two"}},
  };
  for (const auto& [keys, expected] : cases) {
    const auto found = mistakes(credentials(keys));
    ASSERT_EQ(found.size(), expected.size()) << keys;
    for (std::size_t i = 0; i < found.size(); ++i)
      EXPECT_THAT(found[i], HasSubstr("targets[0].credentials." + expected[i]));
  }
}

TEST(TargetKeys, AnUnknownTypeOfCredentialsRaisesNoMistakesAboutItsKeys) {
  EXPECT_THAT(mistakes(credentials("type: acces_key, access_key_id: i")),
              ElementsAre(HasSubstr("did you mean 'access_key'?")));
}

TEST(TargetKeys, AKeyOfATypeIsAMistakeBesideAnother) {
  for (const Key& key : keys()) {
    const std::string_view leaf = leaf_of(key.path);
    if (section_of(key.path) != "targets[].credentials" || leaf == "type") continue;
    std::string value{key.default_text.empty() ? key.example : key.default_text};
    if (value.starts_with("${")) value = "x";
    EXPECT_THAT(
        mistakes(credentials(fmt::format("{}: {}", leaf, value))),
        ElementsAre(HasSubstr(fmt::format("targets[0].credentials.{}: goes with credentials.", leaf))));
  }
}

TEST(TargetKeys, NoneIsLeftUntestedHere) {
  const std::set<std::string_view> tested{"name",
                                          "site",
                                          "network",
                                          "endpoint",
                                          "ca_file",
                                          "task_types",
                                          "task_sources",
                                          "type",
                                          "access_key_id",
                                          "access_key_id_file",
                                          "access_key_secret",
                                          "access_key_secret_file",
                                          "security_token",
                                          "security_token_file",
                                          "role_arn",
                                          "source",
                                          "source_role_arn",
                                          "via",
                                          "role_session_name",
                                          "session_duration",
                                          "policy",
                                          "external_id",
                                          "sts_region",
                                          "sts_network",
                                          "sts_endpoint",
                                          "oidc_provider_arn",
                                          "oidc_token_file",
                                          "role_name",
                                          "imdsv1",
                                          "uri",
                                          "profile",
                                          "config_file"};
  // Those of roles and of the metadata service: credential_rules_test.
  for (const Key& key : keys()) {
    if (!key.path.starts_with("targets[]")) continue;
    EXPECT_TRUE(tested.contains(leaf_of(key.path))) << key.path;
  }
}

}  // namespace
}  // namespace sas::settings
