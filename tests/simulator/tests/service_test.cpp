// SPDX-License-Identifier: Apache-2.0
#include "simulator/service/service.hpp"

#include <fstream>
#include <iterator>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "simulator/tests/caller.hpp"
#include "simulator/tests/worlds.hpp"
#include "support/folders.hpp"

namespace sas::simulator {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kTasks = "tasks: [{count: 45, waits: 10s, runs: 100s, items: 100, subtasks: 10}]\n";

TEST(Service, AnswersAPageInTheDocumentedForm) {
  Caller caller(std::string(kTasks) + "task_id_suffix: \"\\n\"\n");
  const Answer answer = caller.list("PageSize=2&CurrentPage=3", 60);
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.content_type, "application/json;charset=utf-8");
  const auto body = boost::json::parse(answer.body).as_object();
  EXPECT_EQ(body.at("RequestId").as_string(), answer.request_id);
  EXPECT_EQ(body.at("PageInfo"),
            boost::json::parse(R"({"CurrentPage":3,"PageSize":2,"TotalCount":45,"Count":2})"));
  ASSERT_EQ(body.at("Processes").as_array().size(), 2U);
  const auto& row = body.at("Processes").as_array()[0].as_object();
  EXPECT_EQ(row.at("StatusCode"), 1);
  EXPECT_EQ(row.at("TotalCount"), 100);
  EXPECT_EQ(row.at("CreateTime"), kStart.time_since_epoch().count());
  EXPECT_EQ(row.at("StartTime"), after(10).time_since_epoch().count());
  EXPECT_FALSE(row.contains("EndTime"));
  EXPECT_EQ(row.at("TaskId").as_string().back(), '\n');
}

TEST(Service, TakesAllParametersOfTheList) {
  Caller caller(kTasks);
  const std::string id(caller.rows("", 60).at(7).at("TaskId").as_string());
  EXPECT_EQ(caller.rows("TaskIds.1=" + id, 60).size(), 1U);
  EXPECT_EQ(caller.rows("StatusCodes.1=0&StatusCodes.2=1&PageSize=100", 60).size(), 45U);
  EXPECT_EQ(caller.rows("StatusCodes.1=2", 60).size(), 0U);
  EXPECT_EQ(caller.rows("TaskTypes.1=CHECK_ITEM", 60).size(), 0U);
  EXPECT_EQ(caller.rows("TaskSources.1=YAO_CHI", 60).size(), 20U);
  const auto created = kStart.time_since_epoch().count();
  EXPECT_EQ(caller.rows(fmt::format("StartTime={}", created), 60).size(), 20U);
  EXPECT_EQ(caller.rows(fmt::format("StartTime={}", created + 1), 60).size(), 0U);
  EXPECT_EQ(caller.rows(fmt::format("EndTime={}", created + 1'000'000), 60).size(), 0U);
  EXPECT_EQ(caller.rows(fmt::format("EndTime={}", created + 1'000'000), 600).size(), 20U);
  EXPECT_EQ(caller.rows("Unheard=of", 60).size(), 20U);
}

TEST(Service, RefusesIllegalParameters) {
  Caller caller(kTasks);
  for (const char* query : {"PageSize=0", "PageSize=x", "CurrentPage=0", "CurrentPage=", "StartTime=1.5",
                            "StatusCodes.1=a", "StatusCodes.x=1"}) {
    const Answer answer = caller.list(query, 0);
    EXPECT_EQ(answer.status, 400U) << query;
    EXPECT_EQ(boost::json::parse(answer.body).at("Code"), "CspmParamIllegal") << query;
  }
}

TEST(Service, AnswersErrorsInTheDocumentedForm) {
  Caller caller(kTasks);
  const Answer answer = caller.ask("ListOperationProcessDetail", "", 0);
  const auto body = boost::json::parse(answer.body).as_object();
  EXPECT_EQ(body.at("Code"), "CspmParamIllegal");
  EXPECT_EQ(body.at("Message"), "The parameter is not legal. TaskIds.");
  EXPECT_EQ(body.at("HostId"), "sas.test");
  EXPECT_EQ(body.at("RequestId").as_string(), answer.request_id);
  EXPECT_TRUE(body.contains("Recommend"));
}

TEST(Service, AnswersSubtasksWithTheirChecks) {
  Caller caller(kTasks);
  const std::string id(caller.rows("", 60).at(0).at("TaskId").as_string());
  const Answer answer = caller.ask("ListOperationProcessDetail", "Lang=en&TaskIds.1=" + id, 60);
  const auto rows = boost::json::parse(answer.body).at("ProcessDetails").as_array();
  ASSERT_EQ(rows.size(), 10U);
  EXPECT_EQ(rows[0].at("TaskId").as_string(), id);
  EXPECT_EQ(rows[0].at("StatusCode"), 2);
  EXPECT_EQ(rows[9].at("StatusCode"), 0);
  EXPECT_TRUE(rows[0].at("Checks").as_array().at(0).at("CheckId").is_int64());
  EXPECT_THAT(std::string(rows[0].at("Checks").as_array().at(0).at("CheckShowName").as_string()),
              HasSubstr("Check "));
}

TEST(Service, KnowsItsApiAndNoOther) {
  Caller caller(kTasks);
  EXPECT_EQ(boost::json::parse(caller.ask("ListOperationTask", "", 0).body).at("Code"),
            "InvalidApi.NotFound");
  caller.version = "2018-12-04";
  const Answer answer = caller.list("", 0);
  EXPECT_EQ(answer.status, 404U);
  EXPECT_EQ(boost::json::parse(answer.body).at("Code"), "InvalidApi.NotFound");
}

TEST(Service, RefusesWhatIsNotSigned) {
  Caller caller(kTasks);
  caller.secret = "wrong";
  EXPECT_EQ(boost::json::parse(caller.list("", 0).body).at("Code"), "SignatureDoesNotMatch");
}

TEST(Service, ThrottlesEachActionInAnyWindowOfASecond) {
  Caller caller(std::string(kTasks) + "service: {calls_per_second: 2, retry_after: 250ms}\n");
  caller.real = Milliseconds{900};
  EXPECT_EQ(caller.list("", 0).status, 200U);
  EXPECT_EQ(caller.list("", 0).status, 200U);
  caller.real = Milliseconds{1'899};
  const Answer answer = caller.list("", 0);
  EXPECT_EQ(answer.status, 400U);
  EXPECT_EQ(boost::json::parse(answer.body).at("Code"), "Throttling.User");
  ASSERT_EQ(answer.headers.size(), 1U);
  EXPECT_EQ(answer.headers[0].name + "=" + answer.headers[0].value, "x-acs-retry-after=250");
  EXPECT_EQ(caller.ask("ListOperationProcessDetail", "TaskIds.1=x", 0).status, 200U);
  caller.real = Milliseconds{1'900};
  EXPECT_EQ(caller.list("", 0).status, 200U);
}

TEST(Service, CountsWhatItWasAsked) {
  Caller caller(std::string(kTasks) + "service: {calls_per_second: 2}\nfaults: [{kind: gzip, first: 1}]\n");
  for (int i = 0; i < 3; ++i)
    caller.list("", 0);
  EXPECT_EQ(caller.exchange.code, "Throttling.User");
  EXPECT_EQ(to_json(caller.service.counts(), {.real = kStart, .simulated = after(1)}),
            R"({"real_now":1767323045000,"simulated_now":1767323046000,)"
            R"("requests":{"ListOperationProcess":{"OK":2,"Throttling.User":1}},"faults":{"gzip":1},)"
            R"("most_calls_in_a_second":{"key ListOperationProcess":3}})");
}

TEST(Service, LivesByItsOwnClock) {
  Caller caller(std::string(kTasks) + "service: {clock_offset: 20m}\n");
  EXPECT_EQ(boost::json::parse(caller.list("", 0).body).at("Code"), "InvalidTimeStamp.Expired");
  EXPECT_EQ(caller.service.service_time(kStart), after(1'200));
}

TEST(SeedSample, IsTheReferencePagesAnswerWhateverIsAsked) {
  std::ifstream file(support::scenarios_folder() + "/seed-sample.yml");
  Caller caller(std::string{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
  for (const char* query : {"", "CurrentPage=7&PageSize=100", "StatusCodes.1=3"}) {
    const Answer answer = caller.list(query, 0);
    EXPECT_EQ(answer.request_id, "F8B6F758-BCD4-597A-8A2C-DA5A552C****");
    EXPECT_EQ(boost::json::parse(answer.body), boost::json::parse(R"({
      "RequestId": "F8B6F758-BCD4-597A-8A2C-DA5A552C****",
      "PageInfo": {"CurrentPage": 1, "PageSize": 20, "TotalCount": 263, "Count": 4},
      "Processes": [{"TaskId": "3d7a1b68-599f-4e16-9b45-e920a183b***\n", "TaskType": "CHECK_POLICY",
        "TaskSource": "YAO_CHI", "StatusCode": 1, "TotalCount": 337, "FinishCount": 197, "DetailTaskTotalCount": 10,
        "DetailTaskReadyCount": 5, "StartTime": 1705457102000, "EndTime": 1705467559000, "CreateTime": 1674388824000}]})"));
  }
}

TEST(Message, HasTheDateThatHttpWants) {
  EXPECT_EQ(http_date(kStart), "Fri, 02 Jan 2026 03:04:05 GMT");
}

}  // namespace
}  // namespace sas::simulator
