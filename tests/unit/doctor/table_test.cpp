// SPDX-License-Identifier: Apache-2.0
#include "doctor/table.hpp"

#include <fstream>
#include <iterator>

#include <gmock/gmock.h>

#include "doctor/ram_policy.hpp"
#include "report.hpp"
#include "support/folders.hpp"
#include "support/golden.hpp"

namespace sas::doctor {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(DoctorTable, WithoutColoursEachFindingIsALine) {
  support::expect_golden(to_table(sample_report(), {}), "doctor/table.txt");
}

TEST(DoctorTable, OnATerminalThereAreColoursAndLinesThatFit) {
  support::expect_golden(to_table(sample_report(), {.colours = Terminal::Colours::with, .width = 76}),
                         "doctor/table.coloured.txt");
}

TEST(DoctorTable, NoPolicyWhereNobodyLacksOne) {
  Report report = sample_report();
  report.pop_back();
  const std::string text = to_table(report, {});
  EXPECT_THAT(text, Not(HasSubstr("yundun-sas")));
  EXPECT_THAT(text, HasSubstr("1 target: 0 ok, 1 with warnings, 0 failed\n"));
}

TEST(DoctorTable, ATerminalObeysNothingThatOthersHaveWritten) {
  const Check check{.step = Step::page,
                    .finding =
                        "a\x1b[2J\nb\x7f\xc2\x9b"
                        "c é 任务",
                    .remedy = "\x1b]0;x\x07"};
  const std::string text = to_table({{.target = "t", .endpoint = "e", .checks = {check}}}, {});
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\x07'), std::string::npos);
  EXPECT_THAT(text, HasSubstr("a [2J b   c é 任务\n"));
}

TEST(RamPolicy, IsWhatShips) {
  std::ifstream in(support::data_folder() + "/../../config/ram-policy.json", std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), kRamPolicy);
}

}  // namespace
}  // namespace sas::doctor
