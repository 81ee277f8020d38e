// SPDX-License-Identifier: Apache-2.0
#include "settings/regions.hpp"

#include <map>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sas::settings {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using Names = std::set<std::string_view>;

// What the API's list of endpoints says, written down a second time.
const Names kOfCn{"cn-qingdao",
                  "cn-beijing",
                  "cn-zhangjiakou",
                  "cn-huhehaote",
                  "cn-wulanchabu",
                  "cn-hangzhou",
                  "cn-shanghai",
                  "cn-nanjing",
                  "cn-fuzhou",
                  "cn-shenzhen",
                  "cn-heyuan",
                  "cn-guangzhou",
                  "cn-chengdu",
                  "cn-hongkong",
                  "cn-beijing-finance-1",
                  "cn-hangzhou-finance",
                  "cn-shanghai-finance-1",
                  "cn-shenzhen-finance-1",
                  "cn-heyuan-acdr-1",
                  "cn-north-2-gov-1",
                  "cn-qingdao-acdr-ut-1",
                  "cn-shanghai-mybk",
                  "cn-wuhan-lr",
                  "cn-zhengzhou-jva"};
const Names kOfIntl{"ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-5", "ap-southeast-6",
                    "ap-southeast-7", "ap-northeast-1", "ap-northeast-2", "ap-south-1",     "us-east-1",
                    "us-west-1",      "eu-west-1",      "eu-central-1",   "me-east-1",      "me-central-1"};
const Names kWithoutVpcHost{"cn-qingdao",
                            "cn-nanjing",
                            "cn-fuzhou",
                            "cn-beijing-finance-1",
                            "cn-hangzhou-finance",
                            "cn-shanghai-finance-1",
                            "cn-shenzhen-finance-1",
                            "cn-north-2-gov-1",
                            "cn-qingdao-acdr-ut-1",
                            "cn-shanghai-mybk",
                            "cn-wuhan-lr",
                            "cn-zhengzhou-jva",
                            "ap-south-1",
                            "me-east-1",
                            "me-central-1"};

TEST(Regions, EachBelongsToTheCentreThatServesIt) {
  Names cn;
  Names intl;
  for (const Region& region : regions())
    EXPECT_TRUE((region.site == Site::cn ? cn : intl).insert(region.name).second) << region.name << " twice";
  EXPECT_EQ(cn, kOfCn);
  EXPECT_EQ(intl, kOfIntl);
}

TEST(Regions, AreAskedAtTheirCentre) {
  for (const Region& region : regions()) {
    EXPECT_EQ(check_site(region.name), std::nullopt);
    const Site site = kOfCn.contains(region.name) ? Site::cn : Site::intl;
    EXPECT_EQ(site_of(region.name), site);
    EXPECT_EQ(endpoint_of(region.name, Network::internet), endpoint_of(word_of(site), Network::internet));
  }
  EXPECT_EQ(endpoint_of("cn", Network::internet), "https://tds.cn-shanghai.aliyuncs.com");
  EXPECT_EQ(endpoint_of("intl", Network::internet), "https://tds.ap-southeast-1.aliyuncs.com");
}

TEST(Regions, HaveTheHostOfTheirVpcs) {
  for (const Region& region : regions()) {
    if (kWithoutVpcHost.contains(region.name)) continue;
    const std::string_view expected =
        region.name == "ap-southeast-2" ? "https://tds-vpc.ap-southeast-2.aliyuncs.com"
        : kOfCn.contains(region.name)   ? "https://tds.vpc-proxy.aliyuncs.com"
                                        : "https://tds-intl.vpc-proxy.aliyuncs.com";
    EXPECT_EQ(check_vpc(region.name), std::nullopt) << region.name;
    EXPECT_EQ(endpoint_of(region.name, Network::vpc), expected) << region.name;
  }
  EXPECT_EQ(endpoint_of("cn", Network::vpc), "https://tds.vpc-proxy.aliyuncs.com");
  EXPECT_EQ(endpoint_of("intl", Network::vpc), "https://tds-intl.vpc-proxy.aliyuncs.com");
  EXPECT_EQ(check_vpc("cn"), std::nullopt);
  EXPECT_EQ(check_vpc("intl"), std::nullopt);
}

TEST(Regions, WithoutAHostInTheirVpcsSayWhatWouldBeRight) {
  for (const std::string_view name : kWithoutVpcHost) {
    const auto problem = check_vpc(name);
    ASSERT_TRUE(problem) << name;
    EXPECT_THAT(problem->text, HasSubstr(std::string(name) + "; write network: public, or"));
    EXPECT_THAT(problem->text,
                HasSubstr(kOfCn.contains(name) ? "for cn: cn-beijing, " : "for intl: ap-southeast-1, "));
    EXPECT_THAT(problem->text, Not(HasSubstr(kOfCn.contains(name) ? "cn-fuzhou, " : "me-central-1, ")));
  }
}

TEST(Regions, TheClosedOnesAreTakenToo) {
  Names closed;
  for (const Region& region : regions())
    if (region.state == Region::State::closed) closed.insert(region.name);
  EXPECT_EQ(closed, (Names{"ap-southeast-2", "ap-south-1"}));
  EXPECT_EQ(check_site("ap-south-1"), std::nullopt);
}

TEST(Regions, AnUnknownOneIsToldWithAllThatAreKnownAndTheNearest) {
  const std::map<std::string_view, std::string_view> cases{{"cn-hangzou", "; did you mean 'cn-hangzhou'?"},
                                                           {"inti", "; did you mean 'intl'?"},
                                                           {"us-east-2", "; did you mean 'us-east-1'?"},
                                                           {"international", ""},
                                                           {"CN", ""},
                                                           {"", ""}};
  for (const auto& [text, suggestion] : cases) {
    const auto problem = check_site(text);
    ASSERT_TRUE(problem) << text;
    EXPECT_THAT(problem->text, StartsWith(fmt::format("is not one of cn, intl, or a region of theirs{}; the "
                                                      "regions: cn-qingdao, cn-beijing, ",
                                                      suggestion)));
    EXPECT_THAT(problem->text, testing::EndsWith(", me-central-1"));
  }
}

TEST(Regions, AnEndpointThatIsWrittenOutIsKnownWhereItIsACentres) {
  EXPECT_EQ(site_at("https://tds.cn-shanghai.aliyuncs.com"), Site::cn);
  EXPECT_EQ(site_at("https://tds.ap-southeast-1.aliyuncs.com"), Site::intl);
  EXPECT_EQ(site_at("https://tds.vpc-proxy.aliyuncs.com"), Site::cn);
  EXPECT_EQ(site_at("https://tds-intl.vpc-proxy.aliyuncs.com"), Site::intl);
  EXPECT_EQ(site_at("https://tds-vpc.ap-southeast-2.aliyuncs.com"), Site::intl);
  EXPECT_EQ(site_at("https://tds.example.com"), std::nullopt);
  EXPECT_EQ(site_at(""), std::nullopt);
}

TEST(Regions, AHostOfVpcsNamesItsRegions) {
  EXPECT_EQ(regions_with("https://tds-vpc.ap-southeast-2.aliyuncs.com"), "ap-southeast-2");
  EXPECT_THAT(regions_with("https://tds.vpc-proxy.aliyuncs.com"), StartsWith("cn-beijing, cn-zhang"));
  EXPECT_EQ(regions_with("https://tds.cn-shanghai.aliyuncs.com"), "");
  EXPECT_EQ(regions_with(""), "");
}

}  // namespace
}  // namespace sas::settings
