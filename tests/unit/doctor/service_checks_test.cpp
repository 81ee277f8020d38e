// SPDX-License-Identifier: Apache-2.0
#include "doctor/service_checks.hpp"

#include <gmock/gmock.h>

namespace sas::doctor {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr Time kNow{Milliseconds{1'767'323'045'000}};  // 2026-01-02T03:04:05Z

Error failure(ErrorCause cause, std::string code = "") {
  return {.kind = ErrorKind::give_up,
          .cause = cause,
          .message = "what happened",
          .code = std::move(code),
          .request_id = "R-1",
          .http_status = 403};
}

Check listing(const Result<void>& called, std::string_view who = "") {
  return permission_check(Step::list_permission, called, who);
}

TEST(PermissionCheck, AnAnswerShowsThePermission) {
  const Check check = listing({});
  EXPECT_EQ(check.status, Status::ok);
  EXPECT_EQ(check.finding, "ListOperationProcess is granted");
  EXPECT_EQ(check.facts.at("granted"), true);
}

TEST(PermissionCheck, FaultsFoundWithParametersOrWithTheShapeShowThePermissionToo) {
  for (const Error& error :
       {failure(ErrorCause::parameter, "CspmParamIllegal"),
        failure(ErrorCause::parameter, "MissingParameter.TaskIds"), failure(ErrorCause::contract)}) {
    const Check check = permission_check(Step::detail_permission, error, "");
    EXPECT_EQ(check.status, Status::ok) << error.code;
    EXPECT_EQ(check.finding, "ListOperationProcessDetail is granted");
    EXPECT_FALSE(check.wants_policy);
  }
}

TEST(PermissionCheck, ActionThatIsNotKnownShowsNothing) {
  const Check check = listing(failure(ErrorCause::parameter, "InvalidApi.NotFound"));
  EXPECT_EQ(check.status, Status::failed);
  EXPECT_TRUE(check.facts.at("granted").is_null());
  EXPECT_THAT(check.remedy, HasSubstr("tds."));
}

TEST(PermissionCheck, MissingPermissionNamesTheActionAndWhoNeedsIt) {
  const Check check = listing(failure(ErrorCause::permission, "Forbidden.RAM"), "acs:ram::1:user/u");
  EXPECT_EQ(check.status, Status::failed);
  EXPECT_TRUE(check.wants_policy);
  EXPECT_THAT(check.finding, AllOf(HasSubstr("not granted"), HasSubstr("Forbidden.RAM"), HasSubstr("R-1")));
  EXPECT_EQ(check.remedy,
            "Attach the policy below to acs:ram::1:user/u: it needs yundun-sas:ListOperationProcess.");
  EXPECT_EQ(check.facts.at("granted"), false);
  EXPECT_EQ(check.facts.at("code"), "Forbidden.RAM");
  EXPECT_THAT(listing(failure(ErrorCause::permission)).remedy, HasSubstr("that the key belongs to"));
}

TEST(PermissionCheck, PermissionForDetailsIsOptional) {
  const Check check =
      permission_check(Step::detail_permission, failure(ErrorCause::permission, "NoPermission"), "");
  EXPECT_EQ(check.status, Status::warning);
  EXPECT_TRUE(check.wants_policy);
  EXPECT_THAT(check.remedy, AllOf(HasSubstr("ListOperationProcessDetail"), HasSubstr("works")));
}

TEST(PermissionCheck, EachOtherFailureHasItsOwnRemedyAndNoPolicy) {
  struct Case {
    ErrorCause cause;
    const char* remedy;
  };
  for (const Case& each :
       {Case{ErrorCause::key, "exists and is active"}, Case{ErrorCause::signature, "secret"},
        Case{ErrorCause::token, "security token"}, Case{ErrorCause::clock, "clock"},
        Case{ErrorCause::throttled, "poll.max_requests_per_second"},
        Case{ErrorCause::not_json, "Security Center's OpenAPI"}, Case{ErrorCause::server, "RequestId"}}) {
    const Check check = listing(failure(each.cause));
    EXPECT_EQ(check.status, Status::failed);
    EXPECT_FALSE(check.wants_policy);
    EXPECT_THAT(check.remedy, HasSubstr(each.remedy));
  }
}

Target target(const std::string& endpoint) {
  return {.name = "a", .endpoint = endpoint, .ca_file = {}, .task_types = {}, .task_sources = {}};
}

tasks::Task task(tasks::StatusCode code, std::optional<Time> created) {
  tasks::Task task;
  task.id = "t";
  task.status_code = code;
  task.create_time = created;
  return task;
}

TEST(PageCheck, TellsTasksByStatusTheirTotalAndTheNewest) {
  tasks::Page page;
  page.request_id = "R-1";
  page.total_count = 259;
  page.tasks = {task(1, kNow - 2h), task(2, kNow - 90s), task(2, std::nullopt), task(7, kNow - 3h)};
  page.violations = {{.field = "StatusCode", .detail = "7"}};
  const Check check = page_check(page, target("https://tds.example"), kNow);
  EXPECT_EQ(check.status, Status::ok);
  EXPECT_EQ(
      check.finding,
      "4 of 259 tasks: 1 running, 2 complete, 1 unknown; newest created 2026-01-02T03:02:35Z (90s ago); "
      "1 fields are not as documented");
  EXPECT_EQ(check.facts.at("total"), 259);
  EXPECT_EQ(check.facts.at("by_status").at("complete"), 2);
  EXPECT_EQ(check.facts.at("by_status").at("timed_out"), 0);
  EXPECT_EQ(check.facts.at("newest_created"), "2026-01-02T03:02:35Z");
  EXPECT_EQ(check.facts.at("contract_violations").at(0), "StatusCode");
}

TEST(PageCheck, EmptyListHintsAtTheOtherCentre) {
  struct Case {
    const char* site;
    const char* hint;
  };
  for (const Case& each :
       {Case{"cn", "site: intl"}, Case{"intl", "site: cn"}, Case{"", "site: cn, site: intl"}}) {
    Target asked = target("https://tds.example");
    asked.site = each.site;
    const Check check = page_check(tasks::Page(), asked, kNow);
    EXPECT_EQ(check.status, Status::warning);
    EXPECT_EQ(check.finding, "the list of tasks is empty");
    EXPECT_THAT(check.remedy, HasSubstr("(" + std::string(each.hint) + ")")) << each.site;
    EXPECT_THAT(check.remedy, Not(HasSubstr("task_types")));
  }
}

TEST(PageCheck, FiltersMayBeWhyAListIsEmpty) {
  Target filtered = target("https://tds.example");
  filtered.task_types = {"CHECK_ALL"};
  EXPECT_THAT(page_check(tasks::Page(), filtered, kNow).remedy, HasSubstr("task_types"));
}

TEST(PageCheck, AnswerThatCannotBeReadIsAFailure) {
  const Check check = page_check(failure(ErrorCause::contract), target("https://tds.example"), kNow);
  EXPECT_EQ(check.status, Status::failed);
  EXPECT_THAT(check.finding, HasSubstr("what happened"));
  EXPECT_THAT(check.remedy, HasSubstr("report"));
}

}  // namespace
}  // namespace sas::doctor
