// SPDX-License-Identifier: Apache-2.0
#include "cli/looks_json.hpp"

#include <gtest/gtest.h>

namespace sas::cli {
namespace {

TEST(LooksJson, HasEveryFieldAndNullForWhatTheApiDidNotGive) {
  const tasks::Task full{.id = "full",
                         .type = "CHECK_ALL",
                         .source = "sas",
                         .status_code = tasks::kRunning,
                         .total_count = 337,
                         .finish_count = 197,
                         .detail_task_total_count = 10,
                         .detail_task_ready_count = 5,
                         .create_time = Time{Milliseconds{1}},
                         .start_time = Time{Milliseconds{2}},
                         .end_time = Time{Milliseconds{3}}};
  tasks::Task bare;
  bare.id = "bare\n";
  bare.status_code = -7;
  const app::Look look{.target = "a \"b\"",
                       .endpoint = "https://sas.invalid",
                       .at = Time{Milliseconds{1500}},
                       .result = policy::PollResult::incomplete,
                       .trouble = "shifted",
                       .tasks = {full, bare}};
  EXPECT_EQ(
      looks_json({look}),
      R"({"targets":[{"target":"a \"b\"","endpoint":"https://sas.invalid",)"
      R"("polled_at":"1970-01-01T00:00:01.500Z","result":"incomplete","trouble":"shifted","tasks":[)"
      R"({"task_id":"full","task_type":"CHECK_ALL","task_source":"sas","status":"running","status_code":1,)"
      R"("items":337,"items_finished":197,"subtasks":10,"subtasks_ready":5,)"
      R"("created_at":"1970-01-01T00:00:00.001Z","started_at":"1970-01-01T00:00:00.002Z",)"
      R"("ended_at":"1970-01-01T00:00:00.003Z"},)"
      R"({"task_id":"bare","task_type":null,"task_source":null,"status":"unknown","status_code":-7,)"
      R"("items":null,"items_finished":null,"subtasks":null,"subtasks_ready":null,)"
      R"("created_at":null,"started_at":null,"ended_at":null}]}]})"
      "\n");
}

}  // namespace
}  // namespace sas::cli
