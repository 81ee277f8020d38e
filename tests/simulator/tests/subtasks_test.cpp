// SPDX-License-Identifier: Apache-2.0
#include "simulator/world/subtasks.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

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

std::string shipped(const std::string& name) {
  std::ifstream file(support::scenarios_folder() + '/' + name + ".yml");
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

boost::json::array completed(Caller& caller, const std::string& type) {
  return caller.rows("PageSize=100&StatusCodes.1=2&TaskTypes.1=" + type, 0);
}

/// All subtasks of a task, page after page, as the service gives them.
std::vector<boost::json::object> subtasks_of(Caller& caller, const boost::json::value& task) {
  std::vector<boost::json::object> rows;
  for (int page = 1;; ++page) {
    caller.real += Milliseconds{1'000};  // never throttled
    const Answer answer = caller.ask("ListOperationProcessDetail",
                                     fmt::format("CurrentPage={}&Lang=en&PageSize=100&TaskIds.1={}", page,
                                                 std::string_view(task.at("TaskId").as_string())),
                                     0);
    EXPECT_EQ(answer.status, 200U);
    const boost::json::value body = boost::json::parse(answer.body);
    for (const boost::json::value& row : body.at("ProcessDetails").as_array())
      rows.push_back(row.as_object());
    const auto total = body.at("PageInfo").at("TotalCount").to_number<std::size_t>();
    EXPECT_EQ(total, task.at("DetailTaskTotalCount").to_number<std::size_t>());
    if (rows.size() >= total || body.at("ProcessDetails").as_array().empty()) return rows;
  }
}

std::size_t failed(const std::vector<boost::json::object>& rows) {
  return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [](const boost::json::object& row) {
    return row.at("StatusCode").to_number<int>() == kFailed;
  }));
}

TEST(FailingSubtasks, TasksThatCompleteHaveMoreFailedThanAnybodyWantsToReadOnSeveralPages) {
  Caller caller(shipped("failing-subtasks"));
  const boost::json::array tasks = completed(caller, "CHECK_ALL");
  ASSERT_FALSE(tasks.empty());
  for (const boost::json::value& task : tasks) {
    const std::vector<boost::json::object> rows = subtasks_of(caller, task);
    EXPECT_GT(rows.size(), 100U) << "more than a page";
    EXPECT_GT(failed(rows), 10U);
    EXPECT_LT(failed(rows), rows.size() / 2);
    std::set<std::string> ids;
    for (const boost::json::object& row : rows) {
      ids.emplace(row.at("DetailTaskId").as_string());
      EXPECT_EQ(row.at("TaskId"), task.at("TaskId"));
      ASSERT_FALSE(row.at("Checks").as_array().empty());
      for (const boost::json::value& check : row.at("Checks").as_array())
        EXPECT_FALSE(check.at("CheckShowName").as_string().empty());
    }
    EXPECT_EQ(ids.size(), rows.size()) << "each once";
  }
}

TEST(FailingSubtasks, SomeTasksHaveAFewFailedAndSomeNone) {
  Caller caller(shipped("failing-subtasks"));
  std::set<std::size_t> counts;
  for (const boost::json::value& task : completed(caller, "CHECK_POLICY"))
    counts.insert(failed(subtasks_of(caller, task)));
  EXPECT_GT(counts.size(), 1U);
  EXPECT_GT(*counts.rbegin(), 0U);
  EXPECT_LE(*counts.rbegin(), 10U);
  for (const boost::json::value& task : completed(caller, "CHECK_ITEM"))
    EXPECT_EQ(failed(subtasks_of(caller, task)), 0U);
}

TEST(NoDetailPermission, RefusesTheSubtasksAndGivesTheTasks) {
  Caller caller(shipped("faults/no-detail-permission"));
  EXPECT_FALSE(caller.rows("", 0).empty());
  for (int call = 0; call < 5; ++call) {
    const Answer refused = caller.ask("ListOperationProcessDetail", "TaskIds.1=a", 0);
    EXPECT_EQ(refused.status, 403U);
    EXPECT_EQ(boost::json::parse(refused.body).at("Code"), "NoPermission");
    EXPECT_EQ(caller.list("", 0).status, 200U);
  }
}

}  // namespace
}  // namespace sas::simulator
