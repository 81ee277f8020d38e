// SPDX-License-Identifier: Apache-2.0
#include "api/list_operation_process.hpp"

#include <algorithm>
#include <random>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "page_text.hpp"

namespace sas::api {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

constexpr Time at(std::int64_t milliseconds) {
  return Time{Milliseconds{milliseconds}};
}

tasks::Page decode(const std::string& text) {
  ListOperationProcessDecoder decoder;
  auto page = decoder.decode(text);
  return page ? *page : (ADD_FAILURE() << to_string(page.error()), tasks::Page{});
}

TEST(EncodeListOperationProcess, NothingAskedForIsNothingSent) {
  EXPECT_THAT(encode(ListOperationProcessRequest{}), IsEmpty());
}

TEST(EncodeListOperationProcess, SendsAllEightParametersFlattened) {
  const ListOperationProcessRequest request{.current_page = 2,
                                            .page_size = 50,
                                            .start_time = at(1680919232000),
                                            .end_time = at(1705467559000),
                                            .status_codes = {0, 3},
                                            .task_ids = {"a\n", "b"},
                                            .task_sources = {"YAO_CHI"},
                                            .task_types = {"CHECK_ALL", "CHECK_ITEM"}};
  const auto is = [](const char* name, const char* value) {
    return QueryParameter{.name = name, .value = value};
  };
  EXPECT_THAT(
      encode(request),
      UnorderedElementsAre(is("CurrentPage", "2"), is("PageSize", "50"), is("StartTime", "1680919232000"),
                           is("EndTime", "1705467559000"), is("StatusCodes.1", "0"), is("StatusCodes.2", "3"),
                           is("TaskIds.1", "a\n"), is("TaskIds.2", "b"), is("TaskSources.1", "YAO_CHI"),
                           is("TaskTypes.1", "CHECK_ALL"), is("TaskTypes.2", "CHECK_ITEM")));
}

TEST(DecodeListOperationProcess, ReadsEveryFieldOfThePageAndItsRows) {
  const tasks::Page page = decode(page_text({object(good_row())}));
  EXPECT_EQ(page.request_id, "E1FAB2B8-DF4D-55DF-BC3D-5C3CA6FD5B13");
  EXPECT_EQ(page.current_page, 1);
  EXPECT_EQ(page.page_size, 20);
  EXPECT_EQ(page.total_count, 149);
  EXPECT_EQ(page.count, 1);
  EXPECT_THAT(page.violations, IsEmpty());
  const tasks::Task expected{.id = "3d7a1b68-599f-4e16-9b45-e920a183b000",
                             .type = "CHECK_ALL",
                             .source = "YAO_CHI",
                             .status_code = tasks::kRunning,
                             .total_count = 337,
                             .finish_count = 197,
                             .detail_task_total_count = 10,
                             .detail_task_ready_count = 5,
                             .create_time = at(1680919232000),
                             .start_time = at(1680919233000),
                             .end_time = at(1680919234000)};
  EXPECT_THAT(page.tasks, ElementsAre(expected));
}

TEST(DecodeListOperationProcess, OrderOfFieldsDoesNotMatter) {
  ListOperationProcessDecoder decoder;
  const tasks::Task expected = decode(page_text({object(good_row())})).tasks.at(0);
  Members row = good_row();
  std::mt19937 random(1);
  for (int i = 0; i < 200; ++i) {
    std::ranges::shuffle(row, random);
    const auto page = decoder.decode(page_text({object(row)}));
    ASSERT_TRUE(page);
    ASSERT_THAT(page->tasks, ElementsAre(expected));
    ASSERT_THAT(page->violations, IsEmpty());
  }
}

TEST(DecodeListOperationProcess, RowsBeforePageInfoAreCountedAllTheSame) {
  const tasks::Page page = decode(object(
      {{"Processes", list({object(good_row())})}, {"PageInfo", page_info(2)}, {"RequestId", R"("R")"}}));
  EXPECT_THAT(page.tasks, SizeIs(1));
  EXPECT_EQ(page.request_id, "R");
  EXPECT_THAT(page.violations, ElementsAre(violation("PageInfo.Count")));
}

TEST(DecodeListOperationProcess, DecoderServesPageAfterPage) {
  ListOperationProcessDecoder decoder;
  for (const std::size_t size : {100U, 3U, 0U, 1000U, 100U}) {
    std::vector<std::string> rows;
    for (std::size_t i = 0; i < size; ++i)
      rows.push_back(object(row_with("TaskId", fmt::format("\"id-{}\"", i))));
    const auto page = decoder.decode(page_text(rows));
    ASSERT_TRUE(page);
    ASSERT_THAT(page->tasks, SizeIs(size));
    for (std::size_t i = 0; i < size; ++i)
      ASSERT_EQ(page->tasks[i].id, fmt::format("id-{}", i));
    EXPECT_THAT(page->violations, IsEmpty());
  }
}

TEST(DecodeListOperationProcess, BrokenAnswerDoesNotSpoilTheNext) {
  ListOperationProcessDecoder decoder;
  const std::string good = page_text({object(good_row())});
  for (std::size_t length = 0; length < good.size(); ++length) {
    const auto cut = decoder.decode(good.substr(0, length));
    ASSERT_FALSE(cut) << length;
    EXPECT_EQ(cut.error().cause, ErrorCause::not_json);
    EXPECT_EQ(cut.error().kind, ErrorKind::retry);
  }
  EXPECT_TRUE(decoder.decode(good));
}

TEST(DecodeListOperationProcess, MovedDecoderStillDecodes) {
  ListOperationProcessDecoder first;
  ASSERT_TRUE(first.decode(page_text({object(good_row())})));
  ListOperationProcessDecoder second = std::move(first);
  EXPECT_TRUE(second.decode(page_text({object(good_row())})));
}

TEST(DecodeListOperationProcess, TaskTwiceOnAPageIsKeptTwiceAndTold) {
  const std::string row = object(good_row());
  const tasks::Page page = decode(page_text({row, object(row_with("TaskId", R"("other")")), row}));
  EXPECT_THAT(page.tasks, SizeIs(3));
  EXPECT_THAT(page.violations,
              ElementsAre(AllOf(violation("TaskId"),
                                Field(&tasks::Violation::detail, HasSubstr("twice on the page, row 3")))));
}

TEST(DecodeListOperationProcess, TenThousandBadRowsMakeOneViolationAField) {
  std::vector<std::string> rows;
  for (int i = 0; i < 10'000; ++i) {
    Members row = row_with("TotalCount", R"("many")");
    row.emplace_back(fmt::format("New{}", i), "[{}]");
    rows.push_back(object(row));
  }
  const tasks::Page page = decode(page_text(rows));
  EXPECT_THAT(page.tasks, SizeIs(10'000));
  EXPECT_THAT(
      page.violations,
      UnorderedElementsAre(
          AllOf(violation("TotalCount", 10'000), Field(&tasks::Violation::detail, HasSubstr("row 1"))),
          AllOf(violation("unknown_field", 10'000), Field(&tasks::Violation::detail, "New0, row 1")),
          AllOf(violation("TaskId", 9'999), Field(&tasks::Violation::detail, HasSubstr("row 2")))));
}

}  // namespace
}  // namespace sas::api
