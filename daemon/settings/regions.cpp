// SPDX-License-Identifier: Apache-2.0
#include "settings/regions.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "settings/text.hpp"

namespace sas::settings {
namespace {

using State = Region::State;

constexpr std::array<std::string_view, 2> kWords{"cn", "intl"};  // in the order of the enum
constexpr std::string_view kCn = "https://tds.cn-shanghai.aliyuncs.com";
constexpr std::string_view kIntl = "https://tds.ap-southeast-1.aliyuncs.com";
constexpr std::string_view kCnVpc = "https://tds.vpc-proxy.aliyuncs.com";
constexpr std::string_view kIntlVpc = "https://tds-intl.vpc-proxy.aliyuncs.com";
constexpr std::string_view kSydneyVpc = "https://tds-vpc.ap-southeast-2.aliyuncs.com";

constexpr std::array kRegions{
    Region{"cn-qingdao", Site::cn},
    Region{"cn-beijing", Site::cn, kCnVpc},
    Region{"cn-zhangjiakou", Site::cn, kCnVpc},
    Region{"cn-huhehaote", Site::cn, kCnVpc},
    Region{"cn-wulanchabu", Site::cn, kCnVpc},
    Region{"cn-hangzhou", Site::cn, kCnVpc},
    Region{"cn-shanghai", Site::cn, kCnVpc},
    Region{"cn-nanjing", Site::cn},
    Region{"cn-fuzhou", Site::cn},
    Region{"cn-shenzhen", Site::cn, kCnVpc},
    Region{"cn-heyuan", Site::cn, kCnVpc},
    Region{"cn-guangzhou", Site::cn, kCnVpc},
    Region{"cn-chengdu", Site::cn, kCnVpc},
    Region{"cn-hongkong", Site::cn, kCnVpc},
    Region{"cn-beijing-finance-1", Site::cn},
    Region{"cn-hangzhou-finance", Site::cn},
    Region{"cn-shanghai-finance-1", Site::cn},
    Region{"cn-shenzhen-finance-1", Site::cn},
    Region{"cn-heyuan-acdr-1", Site::cn, kCnVpc},
    Region{"cn-north-2-gov-1", Site::cn},
    Region{"cn-qingdao-acdr-ut-1", Site::cn},
    Region{"cn-shanghai-mybk", Site::cn},
    Region{"cn-wuhan-lr", Site::cn},
    Region{"cn-zhengzhou-jva", Site::cn},
    Region{"ap-southeast-1", Site::intl, kIntlVpc},
    Region{"ap-southeast-2", Site::intl, kSydneyVpc, State::closed},
    Region{"ap-southeast-3", Site::intl, kIntlVpc},
    Region{"ap-southeast-5", Site::intl, kIntlVpc},
    Region{"ap-southeast-6", Site::intl, kIntlVpc},
    Region{"ap-southeast-7", Site::intl, kIntlVpc},
    Region{"ap-northeast-1", Site::intl, kIntlVpc},
    Region{"ap-northeast-2", Site::intl, kIntlVpc},
    Region{"ap-south-1", Site::intl, {}, State::closed},
    Region{"us-east-1", Site::intl, kIntlVpc},
    Region{"us-west-1", Site::intl, kIntlVpc},
    Region{"eu-west-1", Site::intl, kIntlVpc},
    Region{"eu-central-1", Site::intl, kIntlVpc},
    Region{"me-east-1", Site::intl},
    Region{"me-central-1", Site::intl},
};

template <class Wanted>
std::string names_where(Wanted wanted) {
  std::vector<std::string_view> names;
  for (const Region& region : kRegions)
    if (wanted(region)) names.push_back(region.name);
  return listed(names);
}

}  // namespace

std::span<const Region> regions() {
  return kRegions;
}

const Region* find_region(std::string_view name) {
  const auto* const found = std::ranges::find(kRegions, name, &Region::name);
  return found == kRegions.end() ? nullptr : found;
}

std::string_view word_of(Site site) {
  return kWords.at(static_cast<std::size_t>(site));
}

std::vector<std::string_view> site_words() {
  std::vector<std::string_view> words(kWords.begin(), kWords.end());
  for (const Region& region : kRegions)
    words.push_back(region.name);
  return words;
}

std::optional<Problem> check_site(std::string_view text) {
  const std::vector<std::string_view> words = site_words();
  if (std::ranges::find(words, text) != words.end()) return std::nullopt;
  const auto near = nearest(text, words);
  return Problem{fmt::format("is not one of cn, intl, or a region of theirs{}; the regions: {}",
                             near ? fmt::format("; did you mean '{}'?", *near) : "",
                             names_where([](const Region&) { return true; }))};
}

Site site_of(std::string_view word_or_region) {
  if (const Region* region = find_region(word_or_region)) return region->site;
  return word_or_region == word_of(Site::intl) ? Site::intl : Site::cn;
}

std::optional<Problem> check_vpc(std::string_view word_or_region) {
  const Region* const region = find_region(word_or_region);
  if (region == nullptr || !region->vpc_endpoint.empty()) return std::nullopt;
  const Site site = region->site;
  return Problem{
      fmt::format("vpc: there is no host in the VPCs of {0}; write network: public, or, where the daemon "
                  "runs in a VPC of "
                  "another region, that one as site; with hosts for {1}: {2}",
                  region->name, word_of(site), names_where([site](const Region& other) {
                    return other.site == site && !other.vpc_endpoint.empty();
                  }))};
}

std::string_view endpoint_of(std::string_view word_or_region, Network network) {
  const Site site = site_of(word_or_region);
  if (network == Network::internet) return site == Site::cn ? kCn : kIntl;
  if (const Region* region = find_region(word_or_region)) return region->vpc_endpoint;
  return site == Site::cn ? kCnVpc : kIntlVpc;
}

std::optional<Site> site_at(std::string_view endpoint) {
  if (endpoint == kCn) return Site::cn;
  if (endpoint == kIntl) return Site::intl;
  const auto* const region = std::ranges::find(kRegions, endpoint, &Region::vpc_endpoint);
  if (endpoint.empty() || region == kRegions.end()) return std::nullopt;
  return region->site;
}

std::string regions_with(std::string_view vpc_endpoint) {
  return names_where(
      [&](const Region& region) { return !vpc_endpoint.empty() && region.vpc_endpoint == vpc_endpoint; });
}

}  // namespace sas::settings
