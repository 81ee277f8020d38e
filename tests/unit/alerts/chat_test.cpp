// SPDX-License-Identifier: Apache-2.0
#include "alerts/chat.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/alert_builder.hpp"
#include "support/sink_fixture.hpp"

namespace sas::alerts {
namespace {

using policy::Alert;

Piece piece(policy::Event event) {
  return {.target = "production", .event = std::move(event)};
}

ChatMessage message(const std::vector<Piece>& pieces, std::string_view runbooks = {}) {
  Batch batch;
  for (const Piece& each : pieces)
    batch.push_back(&each);
  return chat_message(batch, runbooks);
}

TEST(Chat, OneAlertIsTheTitle) {
  const ChatMessage one = message({piece(support::stalled("a"))}, "https://example.com/");
  EXPECT_EQ(one.title, "Task a (CHECK_ALL) of production makes no progress");
  EXPECT_EQ(one.tone, Tone::warning);
  ASSERT_EQ(one.entries.size(), 1U);
  EXPECT_EQ(one.entries[0].kind, "SasTaskStalled, warning, firing");
  EXPECT_EQ(one.entries[0].runbook_url, "https://example.com/SasTaskStalled.md");
}

TEST(Chat, SeveralAreCountedInTheTitleAndTheWorstSetsTheTone) {
  const Piece steps = piece(tasks::Transition{.task = support::running("a"),
                                              .from = tasks::kNotStarted,
                                              .to = tasks::kRunning,
                                              .seen_at = support::kNoon,
                                              .duration = std::nullopt,
                                              .request_id = {}});
  const Piece over = piece(support::resolved(support::stalled("a")));
  EXPECT_EQ(message({over, over}).title, "Security Center tasks: 2 resolved");
  EXPECT_EQ(message({over, over}).tone, Tone::good);
  EXPECT_EQ(message({steps, over}).title, "Security Center tasks: 1 resolved, 1 task transition");
  EXPECT_EQ(message({steps, over}).tone, Tone::neutral);
  const Piece bad = piece(support::firing(Alert::poll_failing, ""));
  const ChatMessage all = message({bad, steps, steps, over});
  EXPECT_EQ(all.title, "Security Center tasks: 1 firing, 1 resolved, 2 task transitions");
  EXPECT_EQ(all.tone, Tone::bad);
  EXPECT_EQ(all.entries[1].kind, "Task transition");
  EXPECT_EQ(all.entries[1].runbook_url, "");
}

TEST(Chat, WhatIsTooLongIsCutBetweenCharacters) {
  std::string detail;
  for (int i = 0; i < 5'000; ++i)
    detail += "日志";
  const Piece drift = piece(support::firing(Alert::contract_drift, "", {.detail = detail}));
  const ChatMessage one = message({drift});
  EXPECT_LE(one.entries[0].description.size(), 10'000U);
  EXPECT_GT(one.entries[0].description.size(), 9'990U);
  const ChatMessage many = message(std::vector<Piece>(kMostInMessage, drift));
  EXPECT_LE(many.entries[7].description.size(), 500U);
  const std::string& text = many.entries[7].description;
  EXPECT_TRUE(text.ends_with("日…") || text.ends_with("志…")) << text;
}

TEST(Chat, TheCodeIsANumberInAnObject) {
  const auto code = [](const char* body) {
    return read_code({.status = 200, .headers = {}, .body = body}, "errcode");
  };
  EXPECT_EQ(*code(R"({"errcode":0,"errmsg":"ok"})"), 0);
  EXPECT_EQ(*code(R"({"errcode":-1})"), -1);
  for (const char* nonsense : {"", "<html>", "[]", "{}", R"({"errcode":"0"})", R"({"errcode":null})"}) {
    const Result<std::int64_t> none = code(nonsense);
    ASSERT_FALSE(none) << nonsense;
    EXPECT_EQ(none.error().kind, ErrorKind::retry) << nonsense;
    EXPECT_EQ(none.error().cause, ErrorCause::not_json) << nonsense;
  }
}

}  // namespace
}  // namespace sas::alerts
