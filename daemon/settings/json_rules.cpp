// SPDX-License-Identifier: Apache-2.0
#include "settings/json_rules.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "settings/credential_rules.hpp"
#include "settings/item_lists.hpp"
#include "settings/patterns.hpp"
#include "settings/regions.hpp"
#include "settings/sink_rules.hpp"
#include "settings/url_checks.hpp"

namespace sas::settings {
namespace {

namespace json = boost::json;
using Names = std::vector<std::string_view>;

/// `{key: schema}` as the properties of a mapping.
json::object with(std::string_view key, json::object schema) {
  return {{"properties", json::object{{key, std::move(schema)}}}};
}

/// The key has a value: one without counts as left out.
json::object given(std::string_view key) {
  json::object schema = with(key, {{"not", json::object{{"type", "null"}}}});
  schema["required"] = json::array{key};
  return schema;
}

/// The key has no value; `problem` is what the editor says where it has one.
json::object left_out(std::string_view key, std::string_view problem) {
  return with(key, {{"type", "null"}, {"errorMessage", problem}});
}

json::object any_of(json::array schemas) {
  return {{"anyOf", std::move(schemas)}};
}

json::object all_of(json::array schemas) {
  return {{"allOf", std::move(schemas)}};
}

json::object any_given(std::initializer_list<std::string_view> keys) {
  json::array schemas;
  for (const std::string_view key : keys)
    schemas.emplace_back(given(key));
  return any_of(std::move(schemas));
}

json::object when(json::object condition, json::object consequence) {
  return {{"if", std::move(condition)}, {"then", std::move(consequence)}};
}

json::object unless(json::object condition, json::object consequence) {
  return {{"if", std::move(condition)}, {"else", std::move(consequence)}};
}

/// The key is given, and one of these.
json::object is_one_of(std::string_view key, const Names& words) {
  json::object schema = with(key, {{"enum", json::array(words.begin(), words.end())}});
  schema["required"] = json::array{key};
  return schema;
}

/// The key comes from the environment, so that nobody knows what it is.
json::object from_environment(std::string_view key) {
  json::object schema = with(key, {{"$ref", "#/definitions/variable"}});
  schema["required"] = json::array{key};
  return schema;
}

/// One of these, as far as anybody knows.
json::object may_be_one_of(std::string_view key, const Names& words) {
  return any_of({is_one_of(key, words), from_environment(key)});
}

json::array target_rules() {
  Names without_host;
  for (const Region& region : regions())
    if (region.vpc_endpoint.empty()) without_host.push_back(region.name);
  const json::object has_no_host{
      {"not", json::object{{"enum", json::array(without_host.begin(), without_host.end())}}},
      {"errorMessage", "There is no host in the VPCs of this region."}};
  return {any_given({"site", "endpoint"}),
          when(given("endpoint"), all_of({left_out("site", "Excludes endpoint; keep one of the two."),
                                          left_out("network", "Goes with site only.")})),
          when(is_one_of("network", {"vpc"}), with("site", has_no_host))};
}

/// Whether these types of credentials, or one of them as the source of a role, stand here.
json::object has_type(const CredentialRule& rule, unsigned types,
                      json::object (*is)(std::string_view, const Names&)) {
  const Names names = credential_types_in(types);
  json::object itself = is("type", names);
  if (!rule.may_be_source) return itself;
  return any_of({std::move(itself), all_of({is("type", {"ram_role_arn"}), is("source", names)})});
}

void add_rule(const CredentialRule& rule, json::array& rules) {
  const std::string file = fmt::format("{}_file", rule.key);
  const std::string home =
      fmt::format("Goes with credentials of type {}.", fmt::join(credential_types_in(rule.types), " or "));
  json::array strangers{left_out(rule.key, home)};
  if (rule.has_file) strangers.emplace_back(left_out(file, home));
  rules.emplace_back(unless(has_type(rule, rule.types, may_be_one_of), all_of(std::move(strangers))));
  if (rule.needed_by != 0) {
    json::array keys{given(rule.key)};
    if (rule.has_file) keys.emplace_back(given(file));
    rules.emplace_back(when(has_type(rule, rule.needed_by, is_one_of), any_of(std::move(keys))));
  }
  if (rule.has_file)
    rules.emplace_back(
        when(given(rule.key), left_out(file, fmt::format("Excludes {}; keep one of the two.", rule.key))));
}

json::array rules_of_credentials() {
  json::array rules;
  for (const CredentialRule& rule : credential_rules())
    add_rule(rule, rules);
  rules.emplace_back(
      unless(all_of({may_be_one_of("type", {"ram_role_arn"}), may_be_one_of("source", {"oidc_role_arn"})}),
             left_out("source_role_arn", "Goes with source: oidc_role_arn.")));
  rules.emplace_back(when(given("sts_endpoint"),
                          all_of({left_out("sts_region", "Excludes sts_endpoint; keep one of the two."),
                                  left_out("sts_network", "Goes with sts_region only.")})));
  rules.emplace_back(when(is_one_of("sts_network", {"vpc"}), any_given({"sts_region", "sts_endpoint"})));
  return rules;
}

json::array silence_rules() {
  const Names whole(kAlertsOfWholeTargets.begin(), kAlertsOfWholeTargets.end());
  return {any_given({"alert", "target", "task_type"}),
          when(is_one_of("alert", whole), left_out("task_type", "The alert is of a whole target."))};
}

/// Whether a webhook of one of these kinds may stand here; json is what it is without a format.
json::object is_webhook(unsigned kinds) {
  json::object webhook = is_one_of("type", {"webhook"});
  if ((kinds & SinkRule::kWebhook) == SinkRule::kWebhook) return webhook;
  json::array formats{json::object{{"$ref", "#/definitions/variable"}}};
  for (std::size_t index = 0; index < kSinkFormats.size(); ++index)
    if ((kinds & (SinkRule::kJson << index)) != 0U)
      formats.emplace_back(json::object{{"const", kSinkFormats.at(index)}});
  if ((kinds & SinkRule::kJson) != 0U) formats.emplace_back(json::object{{"type", "null"}});
  json::object format = with("format", any_of(std::move(formats)));
  if ((kinds & SinkRule::kJson) == 0U) format["required"] = json::array{"format"};
  return all_of({std::move(webhook), std::move(format)});
}

json::object is_of_kinds(unsigned kinds) {
  json::array schemas{from_environment("type")};
  if ((kinds & SinkRule::kAlertmanager) != 0U) schemas.emplace_back(is_one_of("type", {"alertmanager"}));
  if ((kinds & SinkRule::kWebhook) != 0U) schemas.emplace_back(is_webhook(kinds));
  return any_of(std::move(schemas));
}

json::array rules_of_sinks() {
  json::array rules;
  for (const SinkRule& rule : sink_rules()) {
    rules.emplace_back(
        unless(is_of_kinds(rule.kinds), left_out(rule.key, fmt::format("Goes with {}.", rule.home))));
    if (!rule.instead_of.empty())
      rules.emplace_back(
          when(given(rule.instead_of),
               left_out(rule.key, fmt::format("Excludes {}; keep one of the two.", rule.instead_of))));
  }
  const json::object alertmanager{
      {"type", json::array{"string", "null"}},
      {"pattern", or_variable(pattern_of(check_alertmanager_url))},
      {"patternErrorMessage", "Write where the Alertmanager is, such as http://127.0.0.1:9093."}};
  rules.emplace_back(when(is_one_of("type", {"alertmanager"}),
                          all_of({any_given({"url", "urls"}), with("url", alertmanager)})));
  rules.emplace_back(when(is_one_of("type", {"webhook"}), any_given({"url", "url_file"})));
  const json::object closed{
      {"pattern", private_address_pattern()},
      {"patternErrorMessage", "The bearer token would go over the network in the clear; write https://."}};
  rules.emplace_back(when(any_given({"bearer_token", "bearer_token_file"}),
                          all_of({with("url", closed), with("urls", {{"items", closed}})})));
  return rules;
}

struct Row {
  std::string_view section;
  json::array (*rules)();
};

constexpr std::array kRows{Row{"targets[]", target_rules}, Row{"targets[].credentials", rules_of_credentials},
                           Row{"alerts.silence[]", silence_rules}, Row{"alerts.sinks[]", rules_of_sinks}};

}  // namespace

json::array json_rules(std::string_view section) {
  const auto* const row = std::ranges::find(kRows, section, &Row::section);
  return row == kRows.end() ? json::array{} : row->rules();
}

}  // namespace sas::settings
