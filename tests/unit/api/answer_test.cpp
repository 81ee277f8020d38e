// SPDX-License-Identifier: Apache-2.0
// What stands around the rows: seen through the decoder that reads it.
#include "api/answer.hpp"

#include <gmock/gmock.h>

#include "api/list_operation_process.hpp"
#include "page_text.hpp"

namespace sas::api {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

Result<tasks::Page> try_decode(std::string_view text) {
  ListOperationProcessDecoder decoder;
  return decoder.decode(text);
}

tasks::Page decode(std::string_view text) {
  auto page = try_decode(text);
  return page ? *page : (ADD_FAILURE() << to_string(page.error()), tasks::Page{});
}

Error failure(std::string_view text) {
  auto page = try_decode(text);
  return page ? (ADD_FAILURE() << "decoded: " << text, Error{}) : page.error();
}

const std::string kRow = object(good_row());

TEST(Answer, ByteOrderMarkAndWhiteSpaceAreNoHindrance) {
  EXPECT_THAT(decode("\xEF\xBB\xBF" + page_text({kRow})).tasks, SizeIs(1));
  EXPECT_THAT(decode("\r\n " + page_text({kRow}) + "\n\t ").violations, IsEmpty());
}

TEST(Answer, BytesThatAreNotUtf8AreMendedAndTold) {
  const tasks::Page page = decode(page_text({object(row_with("TaskType", "\"A\xFF\xC3\""))}));
  ASSERT_THAT(page.tasks, SizeIs(1));
  EXPECT_EQ(page.tasks[0].type, "A\uFFFD\uFFFD");
  EXPECT_THAT(page.violations, UnorderedElementsAre(violation("TaskType"), violation("encoding")));
}

TEST(Answer, WhatIsNotOneJsonObjectIsAnErrorThatShowsItsBeginning) {
  for (const std::string text :
       {"", " ", "\xEF\xBB\xBF", "null", "[]", "7", "\"text\"", "<html><body>Bad gateway</body></html>", "{",
        "{]", R"({"Processes":[})", R"({"Processes":[]} trailing)", R"({"Processes":[]}{"Processes":[]})",
        R"({"Processes":[{"TaskId":"a"} {"TaskId":"b"}]})", R"({"Processes":[{"TaskId" "a"}]})",
        R"({"Processes":[{"TaskId":"a",}]})", "{\"Processes\":[{\"TaskId\":\"a\nb\"}]}"}) {
    const Error error = failure(text);
    EXPECT_EQ(error.cause, ErrorCause::not_json) << text;
    EXPECT_EQ(error.kind, ErrorKind::retry) << text;
    EXPECT_EQ(error.http_status, 200U) << text;
  }
  EXPECT_THAT(failure("<html>\n<body>Bad gateway").message, HasSubstr("<html> <body>Bad gateway"));
}

TEST(Answer, ListThatIsNotThereIsNoEmptyList) {
  for (const std::string rows : {"null", "{}", "\"\"", "7"}) {
    const Error error =
        failure(object({{"RequestId", R"("R-1")"}, {"PageInfo", page_info(1)}, {"Processes", rows}}));
    EXPECT_EQ(error.cause, ErrorCause::contract) << rows;
    EXPECT_EQ(error.kind, ErrorKind::give_up) << rows;
    EXPECT_EQ(error.request_id, "R-1") << rows;
  }
  EXPECT_EQ(failure(R"({"RequestId":"R"})").cause, ErrorCause::contract);
  EXPECT_EQ(failure("{}").cause, ErrorCause::contract);
}

TEST(Answer, NullListIsEmptyWhereThePageInfoSaysSo) {
  const tasks::Page page =
      decode(object({{"RequestId", R"("R")"}, {"PageInfo", page_info(0)}, {"Processes", "null"}}));
  EXPECT_THAT(page.tasks, IsEmpty());
  EXPECT_EQ(page.total_count, 149);
  EXPECT_THAT(page.violations, ElementsAre(violation("Processes")));
  EXPECT_EQ(failure(object({{"PageInfo", page_info(0)}, {"Processes", "{}"}})).cause, ErrorCause::contract);
}

TEST(Answer, RowsThatAreNotObjectsAreLeftOutAndTold) {
  const tasks::Page page = decode(page_text({"null", kRow, "7", "\"a\"", "[[{}]]"}));
  EXPECT_THAT(page.tasks, SizeIs(1));
  EXPECT_THAT(page.violations, ElementsAre(violation("Processes", 4)));
}

TEST(Answer, CountThatDiffersFromTheRowsIsTold) {
  const std::string text = object({{"RequestId", R"("R")"},
                                   {"PageInfo", page_info(20)},
                                   {"Processes", list({kRow, object({}), "null"})}});
  const tasks::Page page = decode(text);
  EXPECT_EQ(page.count, 20);
  EXPECT_THAT(page.violations, Contains(::testing::AllOf(
                                   violation("PageInfo.Count"),
                                   ::testing::Field(&tasks::Violation::detail, "20, but there are 3 rows"))));
}

TEST(Answer, MissingRequestIdAndPageInfoAreTold) {
  const tasks::Page page = decode(object({{"Processes", list({kRow})}}));
  EXPECT_THAT(page.tasks, SizeIs(1));
  EXPECT_FALSE(page.total_count);
  EXPECT_THAT(page.violations, UnorderedElementsAre(violation("RequestId"), violation("PageInfo")));
}

TEST(Answer, OddPageInfoIsReadAsFarAsItGoes) {
  const tasks::Page page = decode(object({{"RequestId", R"("R")"},
                                          {"PageInfo", R"({"TotalCount":"149","Count":null,"PageSize":-1})"},
                                          {"Processes", list({kRow})}}));
  EXPECT_EQ(page.total_count, 149);
  EXPECT_EQ(page.page_size, -1);
  EXPECT_THAT(page.violations,
              UnorderedElementsAre(violation("PageInfo.TotalCount"), violation("PageInfo.Count"),
                                   violation("PageInfo.PageSize"), violation("PageInfo.CurrentPage")));
  EXPECT_THAT(decode(object({{"RequestId", R"("R")"}, {"PageInfo", "null"}, {"Processes", "[]"}})).violations,
              ElementsAre(violation("PageInfo")));
}

TEST(Answer, SecondListOfRowsIsNotRead) {
  const tasks::Page page = decode(object({{"RequestId", R"("R")"},
                                          {"PageInfo", page_info(1)},
                                          {"Processes", list({kRow})},
                                          {"Processes", list({object(row_with("TaskId", R"("b")"))})}}));
  EXPECT_THAT(page.tasks, SizeIs(1));
  EXPECT_THAT(page.violations, ElementsAre(violation("Processes")));
}

TEST(Answer, FailureWithStatus200IsAFailure) {
  const Error error = failure(
      R"({"RequestId":"R-2","Code":"NoPermission","Message":"caller has no permission","Processes":[]})");
  EXPECT_EQ(error.cause, ErrorCause::permission);
  EXPECT_EQ(error.kind, ErrorKind::give_up);
  EXPECT_EQ(error.code, "NoPermission");
  EXPECT_EQ(error.request_id, "R-2");
  EXPECT_EQ(failure(R"({"Code":"Throttling.User","Message":"slow down"})").kind, ErrorKind::wait);
  EXPECT_EQ(failure(R"({"Success":false,"Processes":[]})").cause, ErrorCause::server);
  EXPECT_EQ(failure(R"({"code":"ServerError","message":"m"})").cause, ErrorCause::server);
}

TEST(Answer, CodeThatSaysAllIsWellIsNoFailure) {
  for (const std::string code : {"\"200\"", "200", "\"OK\"", "\"Success\"", "\"\"", "null"}) {
    EXPECT_THAT(decode(object({{"Code", code}, {"Success", "true"}, {"Processes", list({kRow})}})).tasks,
                SizeIs(1))
        << code;
  }
}

TEST(Answer, UnknownFieldsBesideTheRowsAreToldOnly) {
  const tasks::Page page = decode(object({{"HostId", R"("h")"},
                                          {"RequestId", R"("R")"},
                                          {"PageInfo", page_info(1)},
                                          {"Processes", list({kRow})},
                                          {"Extra", R"({"Processes":[1,2]})"}}));
  EXPECT_THAT(page.tasks, SizeIs(1));
  EXPECT_THAT(page.violations, ElementsAre(violation("unknown_field", 2)));
}

TEST(Answer, ErrorMessageRepeatsNoToken) {
  EXPECT_THAT(failure("x-acs-security-token: CAISsecret and the rest").message, Not(HasSubstr("CAISsecret")));
}

TEST(Answer, DeepNestingIsSurvived) {
  const std::string deep = std::string(5000, '[') + std::string(5000, ']');
  Members row = good_row();
  row.emplace_back("Deep", deep);
  EXPECT_THAT(decode(page_text({object(row)})).tasks, SizeIs(1));
}

}  // namespace
}  // namespace sas::api
