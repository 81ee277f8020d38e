// SPDX-License-Identifier: Apache-2.0
#include "api/list_operation_process_detail.hpp"

#include <gmock/gmock.h>

#include "api/list_operation_process.hpp"
#include "page_text.hpp"

namespace sas::api {
namespace {

using tasks::Check;
using tasks::Subtask;
using tasks::SubtaskPage;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

const Members kRow{
    {"TaskId", R"("parent")"},
    {"DetailTaskId", R"("child")"},
    {"StatusCode", "4"},
    {"AssetVendor", "0"},
    {"AssetType", "4"},
    {"AssetSubType", "100"},
    {"StartTime", "1680919233000"},
    {"EndTime", "1680919234000"},
    {"CreateTime", "1680919232000"},
    {"Checks", R"([{"CheckId":9007199254740992,"CheckShowName":"检查"},{"CheckId":2,"CheckShowName":"b"}])"}};

Members without(const std::string& name) {
  Members row = kRow;
  std::erase_if(row, [&](const auto& member) { return member.first == name; });
  return row;
}

Members with(const std::string& name, const std::string& value) {
  Members row = without(name);
  row.emplace_back(name, value);
  return row;
}

SubtaskPage decode(const std::vector<std::string>& rows) {
  ListOperationProcessDetailDecoder decoder;
  auto page = decoder.decode(page_text(rows, "ProcessDetails"));
  return page ? *page : (ADD_FAILURE() << to_string(page.error()), SubtaskPage{});
}

TEST(EncodeListOperationProcessDetail, SendsAllSevenParametersFlattened) {
  const ListOperationProcessDetailRequest request{.current_page = 1,
                                                  .page_size = 20,
                                                  .start_time = Time{Milliseconds{1}},
                                                  .end_time = Time{Milliseconds{2}},
                                                  .status_codes = {4},
                                                  .task_ids = {"a"},
                                                  .lang = "en"};
  const auto is = [](const char* name, const char* value) {
    return QueryParameter{.name = name, .value = value};
  };
  EXPECT_THAT(encode(request),
              UnorderedElementsAre(is("CurrentPage", "1"), is("PageSize", "20"), is("StartTime", "1"),
                                   is("EndTime", "2"), is("StatusCodes.1", "4"), is("TaskIds.1", "a"),
                                   is("Lang", "en")));
  EXPECT_THAT(encode(ListOperationProcessDetailRequest{}), IsEmpty());
}

TEST(DecodeListOperationProcessDetail, ReadsEveryField) {
  const SubtaskPage page = decode({object(kRow)});
  EXPECT_EQ(page.request_id, "E1FAB2B8-DF4D-55DF-BC3D-5C3CA6FD5B13");
  EXPECT_EQ(page.current_page, 1);
  EXPECT_EQ(page.page_size, 20);
  EXPECT_EQ(page.total_count, 149);
  EXPECT_EQ(page.count, 1);
  const Subtask expected{
      .id = "child",
      .task_id = "parent",
      .status_code = tasks::kSubtaskFailed,
      .asset_vendor = 0,
      .asset_type = 4,
      .asset_sub_type = 100,
      .create_time = Time{Milliseconds{1680919232000}},
      .start_time = Time{Milliseconds{1680919233000}},
      .end_time = Time{Milliseconds{1680919234000}},
      .checks = {{.id = 9007199254740992, .show_name = "检查"}, {.id = 2, .show_name = "b"}}};
  EXPECT_THAT(page.subtasks, ElementsAre(expected));
  EXPECT_THAT(page.violations, IsEmpty());
}

TEST(DecodeListOperationProcessDetail, KnowsFailedButNotFive) {
  EXPECT_THAT(decode({object(with("StatusCode", "4"))}).violations, IsEmpty());
  const SubtaskPage page = decode({object(with("StatusCode", "5"))});
  EXPECT_EQ(page.subtasks.at(0).status_code, 5);
  EXPECT_THAT(page.violations, ElementsAre(violation("StatusCode")));
}

TEST(DecodeListOperationProcessDetail, OddChecksAreReadAsFarAsTheyGo) {
  const SubtaskPage page = decode(
      {object(with("Checks", R"([null,{"CheckId":"7","New":[]},{"CheckShowName":3,"CheckId":null},{}])")),
       object(with("Checks", "null")), object(with("Checks", "{}"))});
  ASSERT_THAT(page.subtasks, SizeIs(3));
  EXPECT_THAT(page.subtasks[0].checks,
              ElementsAre(Check{.id = 7, .show_name = ""}, Check{.id = {}, .show_name = "3"}, Check{}));
  EXPECT_THAT(page.violations,
              UnorderedElementsAre(violation("Checks", 3), violation("Checks.CheckId", 3),
                                   violation("Checks.CheckShowName", 3), violation("unknown_field")));
}

TEST(DecodeListOperationProcessDetail, RowIsKeptAsLongAsItHasOneId) {
  EXPECT_THAT(decode({object(without("TaskId"))}).subtasks, SizeIs(1));
  EXPECT_THAT(decode({object(without("DetailTaskId"))}).subtasks, SizeIs(1));
  const SubtaskPage page = decode({object({})});
  EXPECT_THAT(page.subtasks, IsEmpty());
  EXPECT_THAT(page.violations, SizeIs(8));
}

TEST(DecodeListOperationProcessDetail, FieldsMayComeInAnyOrderAfterAnyOther) {
  ListOperationProcessDetailDecoder decoder;
  Members reversed{kRow.rbegin(), kRow.rend()};
  const auto page =
      decoder.decode(page_text({object(kRow), object(reversed), object(kRow)}, "ProcessDetails"));
  ASSERT_TRUE(page);
  ASSERT_THAT(page->subtasks, SizeIs(3));
  EXPECT_EQ(page->subtasks[0], page->subtasks[1]);
  EXPECT_EQ(page->subtasks[0], page->subtasks[2]);
  EXPECT_THAT(page->violations, IsEmpty());
}

TEST(DecodeListOperationProcessDetail, AnswerOfTheOtherActionIsAnError) {
  ListOperationProcessDetailDecoder decoder;
  const auto page = decoder.decode(page_text({}, "Processes"));
  ASSERT_TRUE(page.has_error() || page->violations.size() > 0);
  const auto full = decoder.decode(page_text({object(good_row())}, "Processes"));
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().cause, ErrorCause::contract);
}

}  // namespace
}  // namespace sas::api
