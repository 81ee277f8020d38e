// SPDX-License-Identifier: Apache-2.0
#include "doctor/json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "base/version.hpp"
#include "doctor/ram_policy.hpp"

namespace sas::doctor {
namespace {

namespace json = boost::json;

constexpr int kSchema = 1;

json::value text_or_null(const std::string& text) {
  if (text.empty()) return nullptr;
  return json::value(text);
}

json::object object_of(const Check& check) {
  json::object object{{"check", name_of(check.step)}, {"status", name_of(check.status)},
                      {"finding", check.finding},     {"remedy", text_or_null(check.remedy)},
                      {"blocked_by", nullptr},        {"facts", check.facts}};
  if (check.blocked_by) object["blocked_by"] = name_of(*check.blocked_by);
  return object;
}

json::object object_of(const Examination& examination) {
  json::array checks;
  for (const Check& check : examination.checks)
    checks.push_back(object_of(check));
  return {{"target", examination.target},
          {"endpoint", examination.endpoint},
          {"result", name_of(worst(examination))},
          {"checks", std::move(checks)}};
}

}  // namespace

std::string to_json(const Report& report) {
  json::array targets;
  for (const Examination& examination : report)
    targets.push_back(object_of(examination));
  json::object whole{{"schema", kSchema},
                     {"version", version()},
                     {"result", name_of(worst(report))},
                     {"targets", std::move(targets)},
                     {"ram_policy", nullptr}};
  if (wants_policy(report))
    whole["ram_policy"] = json::parse(json::string_view(kRamPolicy.data(), kRamPolicy.size()));
  return json::serialize(whole) + '\n';
}

}  // namespace sas::doctor
