// SPDX-License-Identifier: Apache-2.0
#include "snapshot/section_text.hpp"

#include <numeric>

#include <gtest/gtest.h>

#include "snapshot/layout.hpp"
#include "support/golden.hpp"
#include "support/memory_store.hpp"
#include "support/states.hpp"

namespace sas::snapshot {
namespace {

using support::kNoon;

std::string joined(const Section& section) {
  return std::accumulate(section.pieces.begin(), section.pieces.end(), std::string{});
}

TargetState one_of_each() {
  TargetState state;
  state.mark = {.target = "production",
                .endpoint = "https://tds.cn-shanghai.aliyuncs.com",
                .last_complete = kNoon,
                .listed_since = kNoon - Milliseconds{86'400'000},
                .last_number = 8};
  const tasks::Task whole =
      support::running("8b62\n").source("Console").items(40, 100).subtasks(1, 3).started(kNoon +
                                                                                         Milliseconds{1'500});
  state.tasks.push_back(support::tracked(whole));
  tasks::Task bare;
  bare.id = "9f\"\\";
  bare.status_code = tasks::kVanished;
  state.tasks.push_back(support::tracked(bare));
  state.tasks.back().absences = 3;
  state.alerts.push_back({.alert = policy::Alert::stalled,
                          .subject = "8b62\n",
                          .evidence = {.tracked = state.tasks.front(), .limit = Milliseconds{1'800'000}},
                          .since = kNoon + Milliseconds{900'000}});
  state.alerts.push_back({.alert = policy::Alert::poll_failing,
                          .subject = {},
                          .evidence = {.cause = "auth", .detail = "key: unknown", .moment = kNoon},
                          .since = kNoon + Milliseconds{900'000}});
  state.runs["CHECK_ALL"] = {.last_completed = kNoon,
                             .durations = {Milliseconds{61'000}, Milliseconds{59'000}}};
  tasks::Task ended = support::complete("8b61");
  state.tasks.push_back(support::tracked(ended));
  state.tasks.back().subtasks = std::make_shared<const tasks::SubtaskSummary>(tasks::SubtaskSummary{
      .by_status = {0, 0, 7, 1, 2, 0}, .failed = {{.id = "d-1", .checks = {"MFA", "审计"}}}});
  state.untold.push_back(support::step_news(7, "任务"));
  std::get<tasks::Transition>(state.untold.back().event).duration = Milliseconds{61'000};
  state.untold.push_back({.number = 8,
                          .sink = "hook",
                          .event = policy::AlertChange{.target = "production",
                                                       .alert = policy::Alert::stalled,
                                                       .subject = "8b62\n",
                                                       .status = policy::AlertStatus::firing,
                                                       .evidence = {.tracked = state.tasks.front()},
                                                       .since = kNoon,
                                                       .at = kNoon + Milliseconds{1},
                                                       .request_id = "R-2"}});
  return state;
}

TEST(SectionText, AFileLooksLikeThis) {
  TargetState empty;
  empty.mark.target = "staging";
  empty.mark.endpoint = "https://localhost:8443";
  support::expect_golden(
      support::state_file_text({encode(one_of_each()), encode(empty)}, {{"production", 7}}),
      "snapshot/two_targets.jsonl");
}

TEST(SectionText, SlicesOfATableGiveTheSameTextAsAllAtOnce) {
  TargetState state;
  state.mark.target = "a";
  tasks::TaskTable table("a");
  for (int i = 0; i < 10; ++i) {
    state.tasks.push_back(support::tracked(support::running(std::to_string(i))));
    table.insert(state.tasks.back());
  }
  table.erase(4);
  table.erase(9);
  state.tasks.erase(state.tasks.begin() + 9);
  state.tasks.erase(state.tasks.begin() + 4);

  SectionText text(state.mark);
  std::size_t slices = 0;
  for (tasks::Slot slot = 0; slot < table.slots(); ++slices)
    slot = text.add(table, slot, 3);
  const Section section = std::move(text).finish();
  EXPECT_EQ(slices, 4U);
  EXPECT_EQ(joined(section), joined(encode(state)));
}

TEST(SectionText, AnEmptyTableHasNoSlices) {
  SectionText text(TargetMark{});
  EXPECT_EQ(text.add(tasks::TaskTable("a"), 0, 100), 0U);
}

TEST(SectionText, TheChecksumIsThatOfAllPiecesTogether) {
  TargetState state;
  for (int i = 0; i < 5'000; ++i)
    state.tasks.push_back(support::tracked(support::running(std::to_string(i))));
  const Section section = encode(state);
  ASSERT_GT(section.pieces.size(), 3U) << "a piece must not be large";
  EXPECT_EQ(section.checksum, extend_checksum(0, joined(section)));
  EXPECT_TRUE(find_sections(support::state_file_text({section})));
}

TEST(SectionText, TheStoreIsToldWhichNewsItHolds) {
  const Section section = encode(one_of_each());
  EXPECT_EQ(section.target, "production");
  EXPECT_EQ(section.last_number, 8U);
  EXPECT_EQ(section.untold, (std::vector<std::uint64_t>{7, 8}));
}

}  // namespace
}  // namespace sas::snapshot
