// SPDX-License-Identifier: Apache-2.0
#include "cloud/signed_operations_source.hpp"

#include "credentials/static_key.hpp"
#include "support/captured_log.hpp"
#include "support/fake_http_client.hpp"
#include "support/virtual_time.hpp"

namespace sas::cloud {
namespace {

Target target() {
  Target target;
  target.name = "t";
  target.endpoint = "http://h";
  return target;
}

class SignedOperationsSourceTest : public support::VirtualTime {
 public:
  Result<tasks::Page> list() {
    api::ListOperationProcessRequest request;
    request.current_page = 2;
    request.status_codes = {0, 1};
    return await(source->list(request));
  }
  static http::Response page(std::string body) {
    return {.status = 200,
            .headers = {{.name = "x-acs-request-id", .value = "R-header"}},
            .body = std::move(body)};
  }

  support::FakeHttpClient http;
  CallBudgets budgets{1'000};
  telemetry::Registry registry;
  telemetry::TargetMetrics metrics{registry, "t"};
  policy::KeyHealth key_health;
  support::CapturedLog log;
  std::unique_ptr<OperationsSource> source = make_operations_source(
      {.target = target(), .request_timeout = Milliseconds{1'000}},
      std::make_shared<credentials::StaticKey>(AccessKey{.id = "LTAI1", .secret = Secret("s")}),
      {.http = http,
       .budgets = budgets,
       .metrics = metrics,
       .key = key_health,
       .log = log.log(),
       .random = [] { return 0.5; }});
};

TEST_F(SignedOperationsSourceTest, QueryIsEncodedAndThePageDecoded) {
  http.answers = {
      page(R"({"RequestId":"R-1","PageInfo":{"CurrentPage":2,"PageSize":20,"TotalCount":21,"Count":1},
    "Processes":[{"TaskId":"t-1","TaskType":"CHECK_ALL","StatusCode":1,"TotalCount":337,"FinishCount":197}]})")};
  const auto listed = list();
  ASSERT_TRUE(listed) << listed.error().message;
  EXPECT_EQ(listed->request_id, "R-1");
  EXPECT_EQ(listed->total_count, 21);
  ASSERT_EQ(listed->tasks.size(), 1U);
  EXPECT_EQ(listed->tasks[0].id, "t-1");
  EXPECT_EQ(http.requests.at(0).url, "http://h/?CurrentPage=2&StatusCodes.1=0&StatusCodes.2=1");
  EXPECT_EQ(http.header(0, "x-acs-action"), "ListOperationProcess");
}

TEST_F(SignedOperationsSourceTest, SubtasksAreAskedForByTheirOwnActionAndDecoded) {
  http.answers = {
      page(R"({"RequestId":"R-1","PageInfo":{"CurrentPage":1,"PageSize":20,"TotalCount":1,"Count":1},
    "ProcessDetails":[{"TaskId":"t-1","DetailTaskId":"d-1","StatusCode":4,"Checks":[{"CheckId":7,"CheckShowName":"MFA"}]}]})")};
  api::ListOperationProcessDetailRequest request;
  request.task_ids = {"t-1\n"};
  request.lang = "en";
  const auto listed = await(source->list_details(request));
  ASSERT_TRUE(listed) << listed.error().message;
  EXPECT_EQ(listed->request_id, "R-1");
  ASSERT_EQ(listed->subtasks.size(), 1U);
  EXPECT_EQ(listed->subtasks[0].status_code, tasks::kSubtaskFailed);
  EXPECT_EQ(listed->subtasks[0].checks.at(0).show_name, "MFA");
  EXPECT_EQ(http.requests.at(0).url, "http://h/?Lang=en&TaskIds.1=t-1%0A");
  EXPECT_EQ(http.header(0, "x-acs-action"), "ListOperationProcessDetail");
}

TEST_F(SignedOperationsSourceTest, AFailureOfTheSubtasksIsTold) {
  http.otherwise =
      http::Response{.status = 403, .headers = {}, .body = R"({"Code":"NoPermission","Message":"no"})"};
  const auto listed = await(source->list_details({}));
  ASSERT_FALSE(listed);
  EXPECT_EQ(listed.error().cause, ErrorCause::permission);
}

TEST_F(SignedOperationsSourceTest, HtmlWithStatus200IsNotJsonAndKeepsTheRequestId) {
  http.otherwise = page("<html>Please log in</html>");
  const auto listed = list();
  ASSERT_FALSE(listed);
  EXPECT_EQ(listed.error().cause, ErrorCause::not_json);
  EXPECT_EQ(listed.error().request_id, "R-header");
  EXPECT_EQ(listed.error().http_status, 200U);
}

TEST_F(SignedOperationsSourceTest, RefusalInAnAnswerOf200IsTriedAgain) {
  http.answers = {page(R"({"Code":"ServiceUnavailable","Message":"later","RequestId":"R-1"})"),
                  page(R"({"RequestId":"R-2","PageInfo":{},"Processes":[]})")};
  const auto listed = list();
  ASSERT_TRUE(listed) << listed.error().message;
  EXPECT_EQ(listed->request_id, "R-2");
}

}  // namespace
}  // namespace sas::cloud
