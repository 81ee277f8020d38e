// SPDX-License-Identifier: Apache-2.0
#include "snapshot/decode.hpp"

#include <gmock/gmock.h>

#include "support/memory_store.hpp"
#include "support/states.hpp"

namespace sas::snapshot {
namespace {

using support::numbers;
using support::state_file_text;
using support::state_with_news;
using testing::ElementsAre;
using testing::HasSubstr;

/// A file of one section with these lines after its first one.
std::string file_with(const std::string& lines,
                      const std::string& mark = R"({"target":{"name":"a",)"
                                                R"("endpoint":"e","last_number":9}})") {
  const std::string body = mark + "\n" + lines;
  const auto count = static_cast<std::uint64_t>(std::ranges::count(body, '\n'));
  return std::string{header_line()} + body + closing_line(count, extend_checksum(0, body)) + end_line(1);
}

std::string fault(const std::string& text) {
  const auto states = decode(text);
  return states ? "it was read" : states.error().message;
}

TEST(Decode, WhatWasWrittenIsReadBackToTheLetter) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    support::RandomStates random(seed);
    const std::vector<TargetState> states{random.state("a", seed), random.state("b\n\"", 20),
                                          random.state("", 0)};
    const auto read = decode(state_file_text({encode(states[0]), encode(states[1]), encode(states[2])}));
    ASSERT_TRUE(read) << read.error().message;
    ASSERT_EQ(read->size(), states.size());
    for (std::size_t i = 0; i < states.size(); ++i)
      support::expect_same((*read)[i], states[i]);
  }
}

TEST(Decode, BytesThatAreNotUtf8SurviveToo) {
  TargetState state;
  state.tasks.push_back(support::tracked(support::running("\xff\xc3(\xed\xa0\x80")));
  const auto read = decode(state_file_text({encode(state)}));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->front().tasks.front().task.id, "\xff\xc3(\xed\xa0\x80");
}

TEST(Decode, NewsThatWasToldIsLeftOut) {
  const std::string text =
      state_file_text({encode(state_with_news("a", {1, 2, 3})), encode(state_with_news("b", {2}))},
                      {{"a", 2}, {"b", 1}, {"c", 2}});
  const auto read = decode(text);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_THAT(numbers(read->front()), ElementsAre(1, 3));
  EXPECT_THAT(numbers(read->back()), ElementsAre(2));
}

TEST(Decode, AnAcknowledgementThatIsTornAnywhereCountsForNothing) {
  const std::string whole = state_file_text({encode(state_with_news("a", {1, 2}))}, {{"a", 1}});
  const std::string line = told_line("a", 2);
  for (std::size_t size = 0; size < line.size(); ++size) {
    const auto read = decode(whole + line.substr(0, size));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_THAT(numbers(read->front()), ElementsAre(2)) << "cut after " << size;
  }
  const auto read = decode(whole + line);
  ASSERT_TRUE(read);
  EXPECT_THAT(numbers(read->front()), ElementsAre());
}

TEST(Decode, OfAcknowledgementsThoseThatCannotBeReadAreLeftOut) {
  const std::string whole = state_file_text({encode(state_with_news("a", {1, 2}))});
  const auto read = decode(whole + "{\"told\":{\"tar\n\n[1]\n{\"told\":{\"target\":\"a\",\"number\":-2}}\n" +
                           told_line("a", 1));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_THAT(numbers(read->front()), ElementsAre(2));
}

TEST(Decode, ATargetHasOneSection) {
  const Section section = encode(state_with_news("a", {1}));
  EXPECT_THAT(fault(state_file_text({section, section})),
              HasSubstr("line 5: there is a section of target `a` before this one"));
}

TEST(Decode, ALineThatIsNotAsItShouldBeIsNamedWithItsField) {
  EXPECT_THAT(fault(file_with("{\"task\":\n")), HasSubstr("line 3: this is not JSON"));
  EXPECT_THAT(fault(file_with("[]\n")), HasSubstr("line 3: this is not a JSON object"));
  EXPECT_THAT(fault(file_with("\n")), HasSubstr("line 3: this is not JSON"));
  EXPECT_THAT(fault(file_with("{\"task\":1}\n")), HasSubstr("line 3: `task` is not an object"));
  EXPECT_THAT(fault(file_with("{\"task\":{}}\n")), HasSubstr("line 3: `id` is missing"));
  EXPECT_THAT(fault(file_with("{\"task\":{\"id\":7}}\n")), HasSubstr("line 3: `id` is not a text"));
  EXPECT_THAT(fault(file_with("{\"task\":{\"id\":\"\",\"status_code\":2147483648}}\n")),
              HasSubstr("line 3: `status_code` is not a whole number in its range"));
  EXPECT_THAT(fault(file_with("{\"firing\":{\"alert\":\"late\"}}\n")),
              HasSubstr("line 3: `alert` is none of the known words"));
  EXPECT_THAT(fault(file_with("{\"news\":{\"number\":1}}\n")), HasSubstr("line 3: `sink` is missing"));
  EXPECT_THAT(fault(file_with("{\"news\":{\"number\":1,\"sink\":\"log\"}}\n")),
              HasSubstr("line 3: `alert_change` is missing"));
  EXPECT_THAT(fault(file_with("{\"task_type\":{\"name\":\"A\",\"durations\":7}}\n")),
              HasSubstr("line 3: `durations` is not a list"));
  EXPECT_THAT(fault(file_with("{\"task_type\":{\"name\":\"A\",\"durations\":[1,\"2\"]}}\n")),
              HasSubstr("line 3: `durations` is not a whole number in its range"));
  const auto firing_with = [](const std::string& subtasks) {
    return file_with(
        R"({"firing":{"alert":"stalled","subject":"a","since":1,"task":{"id":"a","status_code":1,)"
        R"("first_seen":1,"last_seen":1,"items_progressed":1,"subtasks_progressed":1,)"
        R"("status_changed":1,"subtasks":)" +
        subtasks + "}}}\n");
  };
  EXPECT_THAT(fault(firing_with(R"({"by_status":[1,2],"failed":[]})")),
              HasSubstr("line 3: `by_status` has another number of counts than there are states"));
  EXPECT_THAT(fault(firing_with(R"({"by_status":[0,0,0,0,0,0],"failed":["d"]})")),
              HasSubstr("line 3: `failed` holds something that is not an object"));
  EXPECT_THAT(fault(firing_with(R"({"by_status":[0,0,0,0,0,0],"failed":[{"id":"d","checks":[1]}]})")),
              HasSubstr("line 3: `checks` holds something that is not a text"));
  EXPECT_THAT(fault(file_with("{\"other\":{}}\n")), HasSubstr("line 3: `target` is missing"));
  EXPECT_THAT(fault(file_with("", R"({"target":{"name":"a"}})")), HasSubstr("line 2: `endpoint` is missing"));
  EXPECT_EQ(fault(file_with("")), "it was read");
}

}  // namespace
}  // namespace sas::snapshot
