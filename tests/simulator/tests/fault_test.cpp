// SPDX-License-Identifier: Apache-2.0
#include "simulator/scenario/fault.hpp"

#include <set>

#include <gmock/gmock.h>
#include <isa-l/igzip_lib.h>

#include "simulator/tests/caller.hpp"

namespace sas::simulator {
namespace {

namespace json = boost::json;

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kTasks =
    "service: {calls_per_second: 0}\ntasks: [{count: 45, runs: 1h, waits: 5s}]\nfaults: ";

Caller with(const std::string& faults) {
  return Caller(kTasks + faults + "\n");
}

std::vector<int> struck(const When& when, std::string_view action = "ListOperationProcess",
                        std::int32_t page = 1) {
  std::vector<int> counts;
  for (int count = 1; count <= 10; ++count) {
    const Occasion occasion{.action = action, .page = page, .elapsed = Milliseconds{count * 1'000}};
    if (strikes(when, occasion, static_cast<std::uint64_t>(count), 1)) counts.push_back(count);
  }
  return counts;
}

TEST(When, StrikesAlwaysOrOnASchedule) {
  EXPECT_EQ(struck({}).size(), 10U);
  EXPECT_THAT(struck({.every = 3}), ElementsAre(3, 6, 9));
  EXPECT_THAT(struck({.first = 2}), ElementsAre(1, 2));
  EXPECT_THAT(struck({.after = Milliseconds{3'000}, .until = Milliseconds{5'000}}), ElementsAre(3, 4));
  EXPECT_THAT(struck({.every = 2, .first = 4}), ElementsAre(2, 4));
  EXPECT_THAT(struck({.page = 2}), ElementsAre());
  EXPECT_THAT(struck({.first = 1, .page = 2}, "ListOperationProcess", 2), ElementsAre(1));
  EXPECT_THAT(struck({.action = "ListOperationProcessDetail"}), ElementsAre());
}

TEST(When, ChanceIsDecidedByTheKeyAndNearItsProbability) {
  const When when{.probability = 0.3};
  int hits = 0;
  bool differs = false;
  for (std::uint64_t count = 1; count <= 10'000; ++count) {
    const bool hit = strikes(when, {}, count, 42);
    EXPECT_EQ(hit, strikes(when, {}, count, 42));
    differs |= hit != strikes(when, {}, count, 43);
    hits += hit ? 1 : 0;
  }
  EXPECT_NEAR(hits, 3'000, 200);
  EXPECT_TRUE(differs);
}

TEST(Fault, EveryCountsOnlyTheRequestsThatItLooksAt) {
  Caller caller = with("[{kind: empty, every: 2, page: 2}]");
  std::vector<unsigned> statuses;
  for (const char* page : {"1", "2", "1", "1", "2", "2", "2"})
    statuses.push_back(caller.list(std::string("CurrentPage=") + page, 10).status);
  EXPECT_THAT(statuses, ElementsAre(200, 200, 200, 200, 502, 200, 502));
}

TEST(Fault, ErrorIsTheApisErrorObject) {
  Caller caller = with(
      "[{kind: error, code: ServerError, first: 1}, {kind: error, code: Strange, status: 418, "
      "message: tea, retry_after: 2s, every: 2}]");
  Answer answer = caller.list("", 10);
  EXPECT_EQ(answer.status, 500U);
  EXPECT_EQ(json::parse(answer.body).at("Code"), "ServerError");
  answer = caller.list("", 10);
  EXPECT_EQ(answer.status, 418U);
  EXPECT_EQ(json::parse(answer.body).at("Message"), "tea");
  EXPECT_EQ(answer.headers.at(0).value, "2000");
  EXPECT_EQ(caller.list("", 10).status, 200U);
}

TEST(Fault, StrikesInTheSameWayForTheSameSeed) {
  const auto statuses = [](std::uint64_t seed) {
    Caller caller(std::string(kTasks) + "[{kind: html, probability: 0.5}]\n", seed);
    std::vector<unsigned> seen;
    for (int i = 0; i < 30; ++i)
      seen.push_back(caller.list("", 10).status);
    return seen;
  };
  EXPECT_EQ(statuses(1), statuses(1));
  EXPECT_NE(statuses(1), statuses(2));
}

TEST(Fault, SomeSendNothingOfUse) {
  EXPECT_THAT(with("[{kind: html, status: 200}]").list("", 10).body, StartsWith("<html>"));
  const Answer empty = with("[{kind: empty}]").list("", 10);
  EXPECT_EQ(empty.status, 502U);
  EXPECT_EQ(empty.body, "");
  EXPECT_TRUE(with("[{kind: hang}]").list("", 10).delivery.hang);
  EXPECT_TRUE(with("[{kind: reset}]").list("", 10).delivery.reset);
}

TEST(Fault, SomeSpoilTheWayItTravels) {
  const Answer truncated = with("[{kind: truncated_body}]").list("", 10);
  EXPECT_EQ(truncated.delivery.cut_at, truncated.body.size() / 2);
  EXPECT_TRUE(truncated.delivery.close_after);
  EXPECT_THAT(head_text(truncated, kStart),
              HasSubstr(fmt::format("Content-Length: {}\r\n", truncated.body.size())));
  const Answer wrong = with("[{kind: wrong_content_length}]").list("", 10);
  EXPECT_THAT(head_text(wrong, kStart),
              HasSubstr(fmt::format("Content-Length: {}\r\n", wrong.body.size() / 2)));
  EXPECT_FALSE(wrong.delivery.cut_at);
  const Answer delimited = with("[{kind: close_delimited}]").list("", 10);
  EXPECT_THAT(head_text(delimited, kStart), ::testing::Not(HasSubstr("Content-Length")));
  EXPECT_TRUE(delimited.delivery.close_after);
  const Answer closed = with("[{kind: close_after_answer}]").list("", 10);
  EXPECT_TRUE(closed.delivery.close_after);
  EXPECT_THAT(head_text(closed, kStart), ::testing::Not(HasSubstr("Connection")));
  EXPECT_THAT(head_text(with("[{kind: chunked}]").list("", 10), kStart),
              HasSubstr("Transfer-Encoding: chunked\r\n"));
  EXPECT_EQ(with("[{kind: slow, delay: 2s}]").list("", 10).delivery.delay, Milliseconds{2'000});
  EXPECT_EQ(with("[{kind: drip, delay: 2s}]").list("", 10).delivery.pause, Milliseconds{2'000});
}

TEST(Fault, SomeSpoilTheText) {
  EXPECT_THAT(with("[{kind: byte_order_mark}]").list("", 10).body, StartsWith("\xef\xbb\xbf{"));
  boost::system::error_code failure;
  json::parse(with("[{kind: cut_json}]").list("", 10).body, failure);
  EXPECT_TRUE(failure);
  EXPECT_GT(with("[{kind: huge_body, size: 1000000}]").list("", 10).body.size(), 1'000'000U);
  const auto row = with("[{kind: numbers_as_strings}]").rows("", 10).at(0).as_object();
  EXPECT_EQ(row.at("StatusCode"), "1");
  const auto nulls = with("[{kind: nulls, fields: [StatusCode, TaskType]}]").rows("", 10).at(0).as_object();
  EXPECT_TRUE(nulls.at("StatusCode").is_null() && nulls.at("TaskType").is_null() &&
              nulls.at("TotalCount").is_int64());
  const auto missing = with("[{kind: missing_fields, fields: [StatusCode]}]").rows("", 10).at(0).as_object();
  EXPECT_TRUE(!missing.contains("StatusCode") && missing.contains("TaskType"));
  EXPECT_TRUE(with("[{kind: unknown_fields}]").rows("", 10).at(0).as_object().contains("FutureField"));
}

TEST(Fault, GzipCanBeUndone) {
  const Answer answer = with("[{kind: gzip}]").list("PageSize=100", 10);
  EXPECT_EQ(answer.headers.at(0).name + answer.headers.at(0).value, "Content-Encodinggzip");
  std::string packed = answer.body;
  std::string text(1'000'000, '\0');
  inflate_state state;
  isal_inflate_init(&state);
  state.crc_flag = ISAL_GZIP;
  state.next_in = static_cast<std::uint8_t*>(static_cast<void*>(packed.data()));
  state.avail_in = static_cast<std::uint32_t>(packed.size());
  state.next_out = static_cast<std::uint8_t*>(static_cast<void*>(text.data()));
  state.avail_out = static_cast<std::uint32_t>(text.size());
  ASSERT_EQ(isal_inflate(&state), ISAL_DECOMP_OK);
  text.resize(state.total_out);
  EXPECT_EQ(json::parse(text).at("Processes").as_array().size(), 45U);
}

TEST(Fault, UnknownValuesStrikeTheSameShareOfTasksEachTime) {
  Caller caller =
      with("[{kind: unknown_status, value: 7, share: 0.5}, {kind: unknown_type, value: NEW, share: 1}]");
  const auto strange = [&caller] {
    std::set<std::string> ids;
    for (const json::value& row : caller.rows("PageSize=100", 10)) {
      EXPECT_EQ(row.at("TaskType"), "NEW");
      if (row.at("StatusCode") == 7) ids.emplace(row.at("TaskId").as_string());
    }
    return ids;
  };
  const auto first = strange();
  EXPECT_GT(first.size(), 10U);
  EXPECT_LT(first.size(), 35U);
  EXPECT_EQ(first, strange());
}

std::vector<std::string> ids(Caller& caller, int page) {
  std::vector<std::string> ids;
  for (const json::value& row : caller.rows(fmt::format("CurrentPage={}", page), 10))
    ids.emplace_back(row.at("TaskId").as_string());
  return ids;
}

TEST(Fault, PagesMayOverlapWithOrWithoutLoss) {
  Caller right = with("[]");
  Caller duplicate = with("[{kind: duplicate_rows}]");
  Caller shifted = with("[{kind: shifted_pages}]");
  const auto first = ids(right, 1);
  const auto second = ids(right, 2);
  EXPECT_EQ(ids(duplicate, 1), first);
  std::vector<std::string> doubled{first.back()};
  doubled.insert(doubled.end(), second.begin(), second.end());
  EXPECT_EQ(ids(duplicate, 2), doubled);
  doubled.pop_back();
  EXPECT_EQ(ids(shifted, 2), doubled);
  Caller repeated = with("[{kind: repeated_page}]");
  EXPECT_EQ(ids(repeated, 3), first);
}

TEST(Fault, TheTotalMayMove) {
  Caller caller = with("[{kind: moving_total}]");
  std::set<std::int64_t> totals;
  for (int i = 0; i < 5; ++i)
    totals.insert(json::parse(caller.list("", 10).body).at("PageInfo").at("TotalCount").as_int64());
  EXPECT_EQ(totals.size(), 5U);
}

TEST(Fault, SeveralStrikeTogether) {
  Caller caller = with("[{kind: error, code: ServerError}, {kind: chunked}, {kind: slow}, {kind: gzip}]");
  const Answer answer = caller.list("", 10);
  EXPECT_EQ(answer.status, 500U);
  EXPECT_EQ(answer.delivery.framing, Framing::chunked);
  EXPECT_EQ(answer.delivery.delay, Milliseconds{3'000});
  EXPECT_THAT(caller.exchange.faults, ElementsAre("error", "chunked", "slow", "gzip"));
}

}  // namespace
}  // namespace sas::simulator
