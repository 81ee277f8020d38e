// SPDX-License-Identifier: Apache-2.0
// Rows that do not keep the contract: what is read of them all the same, and what is told.
#include <limits>
#include <optional>
#include <ostream>
#include <string>

#include <gmock/gmock.h>

#include "api/list_operation_process.hpp"
#include "page_text.hpp"

namespace sas::api {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

tasks::Page decode(const Members& row) {
  ListOperationProcessDecoder decoder;
  auto page = decoder.decode(page_text({object(row)}));
  return page ? *page : (ADD_FAILURE() << to_string(page.error()), tasks::Page{});
}

struct NumberCase {
  const char* json;  // empty: the field is left out
  std::optional<std::int64_t> read;
  bool told;
};

void PrintTo(const NumberCase& number, std::ostream* out) {
  *out << (*number.json == '\0' ? "missing" : number.json);
}

class OddCount : public ::testing::TestWithParam<NumberCase> {};

TEST_P(OddCount, IsReadWhereThatNeedsNoGuessing) {
  const auto& [json, read, told] = GetParam();
  for (const char* field : {"TotalCount", "FinishCount", "DetailTaskTotalCount", "DetailTaskReadyCount"}) {
    const tasks::Page page = decode(row_with(field, json));
    ASSERT_THAT(page.tasks, SizeIs(1));
    const tasks::Task& task = page.tasks[0];
    const std::string name = field;
    const auto value = name == "TotalCount"             ? task.total_count
                       : name == "FinishCount"          ? task.finish_count
                       : name == "DetailTaskTotalCount" ? task.detail_task_total_count
                                                        : task.detail_task_ready_count;
    EXPECT_EQ(value, read) << field;
    if (told) {
      EXPECT_THAT(page.violations, ElementsAre(violation(field)));
    } else {
      EXPECT_THAT(page.violations, IsEmpty());
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, OddCount,
    ::testing::Values(
        NumberCase{"0", 0, false}, NumberCase{" 7 ", 7, false}, NumberCase{"4294967296", 4294967296, false},
        NumberCase{"999999999999999", 999999999999999, false},
        NumberCase{"1000000000000000", 1000000000000000, false},
        NumberCase{"9007199254740992", 9007199254740992, false}, NumberCase{"-1", -1, true},
        NumberCase{R"("337")", 337, true}, NumberCase{R"(" 337\n")", std::nullopt, true},
        NumberCase{R"(" 337 ")", 337, true}, NumberCase{R"("3.0")", 3, true}, NumberCase{"3.0", 3, true},
        NumberCase{"12e2", 1200, true}, NumberCase{"3.5", std::nullopt, true},
        NumberCase{"1e400", std::nullopt, true}, NumberCase{"9007199254740993", std::nullopt, true},
        NumberCase{"99999999999999999999", std::nullopt, true},
        NumberCase{"-9223372036854775808", std::nullopt, true}, NumberCase{"null", std::nullopt, true},
        NumberCase{"", std::nullopt, true}, NumberCase{R"("")", std::nullopt, true},
        NumberCase{R"("many")", std::nullopt, true}, NumberCase{R"("nan")", std::nullopt, true},
        NumberCase{R"("inf")", std::nullopt, true}, NumberCase{"true", std::nullopt, true},
        NumberCase{"[1]", std::nullopt, true}, NumberCase{R"({"a":[{"b":1}]})", std::nullopt, true}));

struct StatusCase {
  const char* json;
  tasks::StatusCode read;
  bool told;
};

TEST(OddStatusCode, IsKeptAsItIsAndNeverTakenForNotStarted) {
  for (const auto& [json, read, told] :
       {StatusCase{"0", 0, false}, StatusCase{"3", 3, false}, StatusCase{"4", 4, true},
        StatusCase{"-7", -7, true}, StatusCase{"2147483647", std::numeric_limits<std::int32_t>::max(), true},
        StatusCase{R"("2")", 2, true}, StatusCase{"4294967297", kStatusNotGiven, true},
        StatusCase{"null", kStatusNotGiven, true}, StatusCase{"", kStatusNotGiven, true},
        StatusCase{R"("RUNNING")", kStatusNotGiven, true}}) {
    const tasks::Page page = decode(row_with("StatusCode", json));
    ASSERT_THAT(page.tasks, SizeIs(1)) << json;
    EXPECT_EQ(page.tasks[0].status_code, read) << json;
    if (told) {
      EXPECT_THAT(page.violations, Contains(field_is("StatusCode"))) << json;
    } else {
      EXPECT_THAT(page.violations, IsEmpty()) << json;
    }
  }
  EXPECT_FALSE(tasks::is_active(kStatusNotGiven));
  EXPECT_FALSE(tasks::has_ended(kStatusNotGiven));
}

TEST(OddTime, ZeroNullAndMissingStartAndEndAreSimplyAbsent) {
  for (const char* field : {"StartTime", "EndTime"}) {
    for (const char* json : {"0", "null", ""}) {
      const tasks::Page page = decode(row_with(field, json));
      ASSERT_THAT(page.tasks, SizeIs(1));
      EXPECT_FALSE(std::string{field} == "StartTime" ? page.tasks[0].start_time : page.tasks[0].end_time)
          << json;
      EXPECT_THAT(page.violations, IsEmpty()) << field << json;
    }
  }
}

TEST(OddTime, CreateTimeIsExpectedAlways) {
  for (const char* json : {"0", "null", ""}) {
    const tasks::Page page = decode(row_with("CreateTime", json));
    EXPECT_FALSE(page.tasks.at(0).create_time) << json;
    EXPECT_THAT(page.violations, ElementsAre(violation("CreateTime"))) << json;
  }
}

TEST(OddTime, WhatIsOutsideTheCalendarIsAbsentAndTold) {
  for (const char* json :
       {"-1", "253402300800000", "9007199254740992", "9223372036854775807", R"("yesterday")"}) {
    const tasks::Page page = decode(row_with("StartTime", json));
    EXPECT_FALSE(page.tasks.at(0).start_time) << json;
    EXPECT_THAT(page.violations, ElementsAre(violation("StartTime"))) << json;
  }
}

TEST(OddTaskId, TrailingNewlineIsKeptAndTold) {
  const tasks::Page page = decode(row_with("TaskId", R"("3d7a1b68-599f-4e16-9b45-e920a183b***\n")"));
  EXPECT_EQ(page.tasks.at(0).id, "3d7a1b68-599f-4e16-9b45-e920a183b***\n");
  EXPECT_THAT(page.violations,
              ElementsAre(AllOf(violation("TaskId"),
                                Field(&tasks::Violation::detail,
                                      HasSubstr("3d7a1b68-599f-4e16-9b45-e920a183b***, row 1")))));
}

TEST(OddTaskId, RowWithoutOneIsLeftOutAndTold) {
  for (const char* json : {"", "null", R"("")", R"(" \n\t")", "{}", "[\"a\"]", R"("\ud800")"}) {
    const tasks::Page page = decode(row_with("TaskId", json));
    EXPECT_THAT(page.tasks, IsEmpty()) << json;
    EXPECT_THAT(page.violations, ElementsAre(violation("TaskId"))) << json;
  }
}

TEST(OddTaskId, NumberBecomesItsText) {
  const tasks::Page page = decode(row_with("TaskId", "12345678901234567890"));
  EXPECT_EQ(page.tasks.at(0).id, "12345678901234567890");
  EXPECT_THAT(page.violations, ElementsAre(violation("TaskId")));
}

TEST(OddText, EscapesAreUndone) {
  const tasks::Page page = decode(row_with("TaskId", R"("\u4e91\"\\\/\u0041\ud83d\ude00")"));
  EXPECT_EQ(page.tasks.at(0).id, "云\"\\/A😀");
  EXPECT_THAT(page.violations, IsEmpty());
}

TEST(OddText, UnknownTypeAndSourceAreKeptAndTold) {
  const tasks::Page type = decode(row_with("TaskType", R"("CHECK_NEW")"));
  EXPECT_EQ(type.tasks.at(0).type, "CHECK_NEW");
  EXPECT_THAT(type.violations, ElementsAre(violation("TaskType")));
  const tasks::Page source = decode(row_with("TaskSource", R"("MARS")"));
  EXPECT_EQ(source.tasks.at(0).source, "MARS");
  EXPECT_THAT(source.violations, ElementsAre(violation("TaskSource")));
}

TEST(OddText, MissingTypeIsToldButNotMissingSource) {
  EXPECT_THAT(decode(row_with("TaskType", "")).violations, ElementsAre(violation("TaskType")));
  EXPECT_THAT(decode(row_with("TaskSource", "")).violations, IsEmpty());
  EXPECT_THAT(decode(row_with("TaskSource", "null")).violations, IsEmpty());
  EXPECT_THAT(decode(row_with("TaskSource", R"("")")).violations, IsEmpty());
}

TEST(OddFields, FirstOfARepeatedFieldCounts) {
  Members row = good_row();
  row.emplace_back("FinishCount", "300");
  row.emplace_back("TaskId", R"("other")");
  const tasks::Page page = decode(row);
  EXPECT_EQ(page.tasks.at(0).finish_count, 197);
  EXPECT_EQ(page.tasks.at(0).id, "3d7a1b68-599f-4e16-9b45-e920a183b000");
  EXPECT_THAT(page.violations, ElementsAre(violation("FinishCount"), violation("TaskId")));
}

TEST(OddFields, UnknownFieldsAreToldByNameWhateverTheyHold) {
  Members row = good_row();
  row.insert(row.begin(), {"taskid", R"([{"TaskId":"x","A":[1,{"B":{}}]}])"});
  row.emplace_back("TaskIdX", R"("y")");
  row.emplace_back("Task", "1");
  row.emplace_back("", "2");
  const tasks::Page page = decode(row);
  EXPECT_EQ(page.tasks.at(0).id, "3d7a1b68-599f-4e16-9b45-e920a183b000");
  EXPECT_THAT(page.violations, ElementsAre(AllOf(violation("unknown_field", 4),
                                                 Field(&tasks::Violation::detail, HasSubstr("taskid")))));
}

TEST(OddFields, EscapedNameIsTheSameName) {
  Members row = row_with("TaskId", "");
  row.emplace_back(R"(Task\u0049d)", R"("a")");
  const tasks::Page page = decode(row);
  EXPECT_EQ(page.tasks.at(0).id, "a");
  EXPECT_THAT(page.violations, IsEmpty());
}

TEST(OddFields, EmptyRowTellsEachMissingFieldOnce) {
  const tasks::Page page = decode({});
  EXPECT_THAT(page.tasks, IsEmpty());
  EXPECT_THAT(page.violations, SizeIs(8));
}

}  // namespace
}  // namespace sas::api
