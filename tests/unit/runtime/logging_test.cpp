// SPDX-License-Identifier: Apache-2.0
#include "runtime/logging.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>

namespace sas::runtime {
namespace {

constexpr Time kThen{std::chrono::milliseconds{1'767'323'045'678}};

template <std::size_t Count>
std::string line(Layout layout, const std::array<Field, Count>& fields) {
  return format_line(layout, kThen, Level::info, "task transition", fields);
}

TEST(Logging, LogfmtQuotesOnlyWhatNeedsIt) {
  EXPECT_EQ(
      line(Layout::logfmt, std::array<Field, 5>{{{"target", "production"},
                                                 {"items", 337},
                                                 {"share", 0.5},
                                                 {"done", false},
                                                 {"note", "a \"b\"=c\n"}}}),
      R"(ts=2026-01-02T03:04:05.678Z level=info msg="task transition" target=production items=337 share=0.5 )"
      R"(done=false note="a \"b\"=c\n")");
}

TEST(Logging, AnEmptyValueStaysVisible) {
  EXPECT_THAT(line(Layout::logfmt, std::array<Field, 1>{{{"note", ""}}}), testing::EndsWith(R"(note="")"));
}

TEST(Logging, JsonIsOneObjectALine) {
  EXPECT_EQ(
      line(Layout::json, std::array<Field, 3>{{{"target", "a\\b"}, {"items", -1}, {"on", true}}}),
      R"({"ts":"2026-01-02T03:04:05.678Z","level":"info","msg":"task transition","target":"a\\b","items":-1,)"
      R"("on":true})");
}

TEST(Logging, ControlCharactersCannotForgeALine) {
  const std::array<Field, 1> fields{{{"task_id", "x\r\nlevel=error\x01\x7f"}}};
  EXPECT_THAT(line(Layout::logfmt, fields), testing::EndsWith(R"(task_id="x\r\nlevel=error\u0001\u007f")"));
  EXPECT_THAT(line(Layout::json, fields), testing::EndsWith(R"("task_id":"x\r\nlevel=error\u0001\u007f"})"));
}

TEST(Logging, NumbersThatAreNoneAreNullInJson) {
  const std::array<Field, 1> fields{{{"x", std::numeric_limits<double>::infinity()}}};
  EXPECT_THAT(line(Layout::json, fields), testing::EndsWith(R"("x":null})"));
}

TEST(Logging, WritesFromItsLevelOnAndTakesBracesForText) {
  std::ostringstream out;
  Log log(std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_st>(out)),
          Level::warn, Layout::logfmt);
  log.info("unseen");
  log.warn("seen {} {0}", {{"why", "{braces}"}});
  EXPECT_THAT(out.str(), testing::EndsWith("level=warn msg=\"seen {} {0}\" why={braces}\n"));
  EXPECT_THAT(out.str(), testing::Not(testing::HasSubstr("unseen")));
}

TEST(Logging, TheJournalGetsThePriorityAndNoTime) {
  std::ostringstream out;
  Log log(std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_st>(out)),
          Level::debug, Layout::logfmt, Reader::journal);
  log.debug("a");
  log.info("b");
  log.warn("c", {{"why", "{}"}});
  log.error("d\n<3>e");
  EXPECT_EQ(out.str(), R"(<7>level=debug msg=a
<6>level=info msg=b
<4>level=warn msg=c why={}
<3>level=error msg="d\n<3>e"
)");
}

TEST(Logging, WithoutATimeJsonIsStillOneObject) {
  EXPECT_EQ(format_line(Layout::json, std::nullopt, Level::warn, "a", {}), R"({"level":"warn","msg":"a"})");
}

}  // namespace
}  // namespace sas::runtime
