// SPDX-License-Identifier: Apache-2.0
#include "doctor/json.hpp"

#include <algorithm>

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "base/version.hpp"
#include "report.hpp"
#include "support/golden.hpp"

namespace sas::doctor {
namespace {

TEST(DoctorJson, EveryFieldIsThereInAFixedOrder) {
  std::string text = to_json(sample_report());
  const std::string version = "\"version\":\"" + std::string(sas::version()) + '"';
  ASSERT_NE(text.find(version), std::string::npos);
  text.replace(text.find(version), version.size(), R"("version":"…")");
  support::expect_golden(text, "doctor/report.json");
}

TEST(DoctorJson, PolicyIsThereOnlyForWhoNeedsIt) {
  Report report = sample_report();
  report.pop_back();
  const boost::json::value whole = boost::json::parse(to_json(report));
  EXPECT_TRUE(whole.at("ram_policy").is_null());
  EXPECT_EQ(whole.at("result"), "warning");
  EXPECT_EQ(boost::json::parse(to_json({})).at("targets").as_array().size(), 0U);
}

TEST(DoctorJson, TextOfOthersStaysText) {
  const std::string odd = "\"}\n\x1b[31m";
  const Check check{.step = Step::dns, .finding = odd};
  const Report report{{.target = "a", .endpoint = "b", .checks = {check}}};
  const std::string text = to_json(report);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
  EXPECT_EQ(boost::json::parse(text).at("targets").at(0).at("checks").at(0).at("finding"),
            boost::json::value(odd));
}

}  // namespace
}  // namespace sas::doctor
