// SPDX-License-Identifier: Apache-2.0
#include "polling/subtask_reader.hpp"

#include <functional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fake_operations_source.hpp"
#include "support/subtask_builder.hpp"
#include "support/virtual_time.hpp"

namespace sas::polling {
namespace {

using support::failed;
using support::subtask;
using tasks::kComplete;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class SubtaskReader : public support::VirtualTime {
 protected:
  Result<SubtasksRead> read(const std::string& task = "task", int page_size = 100) {
    answers_ = 0;
    return await(read_subtasks(source_, task, page_size, [this] { ++answers_; }));
  }

  void have(int subtasks) {
    for (int i = 0; i < subtasks; ++i)
      source_.subtasks["task"].push_back(subtask("s-" + std::to_string(i), kComplete));
  }

  /// Answers that are as good as the memory's, but changed by `change`.
  void answer(std::size_t times, const std::function<void(tasks::SubtaskPage&)>& change) {
    for (std::size_t i = 0; i < times; ++i) {
      source_.detail_answers.emplace_back([this, change](const auto& request) -> Result<tasks::SubtaskPage> {
        tasks::SubtaskPage page = source_.detail_page(request);
        change(page);
        return page;
      });
    }
  }

  support::FakeOperationsSource source_;
  int answers_ = 0;
};

TEST_F(SubtaskReader, AsksForTheTaskToTheLetterAndForNamesInEnglish) {
  source_.subtasks["3d7a\n"] = {failed("a", {"MFA"}), subtask("b", kComplete)};
  const auto read = this->read("3d7a\n");
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_THAT(read->summary.by_status, ElementsAre(0, 0, 1, 0, 1, 0));
  EXPECT_THAT(read->summary.failed, ElementsAre(tasks::FailedSubtask{.id = "a", .checks = {"MFA"}}));
  ASSERT_THAT(source_.detail_requests, SizeIs(1));
  const api::ListOperationProcessDetailRequest& request = source_.detail_requests[0];
  EXPECT_THAT(request.task_ids, ElementsAre("3d7a\n"));
  EXPECT_EQ(request.lang, "en");
  EXPECT_EQ(request.current_page, 1);
  EXPECT_EQ(request.page_size, 100);
  EXPECT_THAT(request.status_codes, IsEmpty());
  EXPECT_FALSE(request.start_time);
  EXPECT_FALSE(request.end_time);
}

TEST_F(SubtaskReader, ReadsAllPagesWhateverTheServiceMakesOfThePageSize) {
  have(250);
  EXPECT_EQ(read()->summary.total(), 250U);
  EXPECT_THAT(source_.detail_requests, SizeIs(3));
  EXPECT_EQ(answers_, 3);
  source_.detail_requests.clear();
  source_.largest_page = 20;
  EXPECT_EQ(read()->summary.total(), 250U);
  EXPECT_THAT(source_.detail_requests, SizeIs(13));
}

TEST_F(SubtaskReader, AListWithNothingOnItIsReadToo) {
  const auto read = this->read();
  ASSERT_TRUE(read);
  EXPECT_EQ(read->summary, tasks::SubtaskSummary{});
}

TEST_F(SubtaskReader, WithoutACountItReadsUntilAPageHasNothingNew) {
  have(150);
  answer(3, [](tasks::SubtaskPage& page) { page.total_count.reset(); });
  EXPECT_EQ(read()->summary.total(), 150U);
  EXPECT_THAT(source_.detail_requests, SizeIs(3));
}

TEST_F(SubtaskReader, NothingOfTheFirstPageCountsWhereTheSecondFails) {
  have(150);
  answer(1, [](tasks::SubtaskPage&) {});
  source_.detail_answers.emplace_back([](const auto&) -> Result<tasks::SubtaskPage> {
    return Error{.kind = ErrorKind::retry, .cause = ErrorCause::server, .message = "", .code = "ServerError"};
  });
  const auto read = this->read();
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, "ServerError");
  EXPECT_EQ(answers_, 2);
}

TEST_F(SubtaskReader, ARowThatSlippedToTheNextPageCountsOnce) {
  have(150);
  answer(1, [](tasks::SubtaskPage&) {});
  answer(1, [](tasks::SubtaskPage& page) {
    page.subtasks.insert(page.subtasks.begin(), subtask("s-99", kComplete));
  });
  EXPECT_EQ(read()->summary.total(), 150U);
}

TEST_F(SubtaskReader, RowsWithoutAnIdCountEach) {
  source_.subtasks["task"] = {failed("", {"x"}), failed("\n", {"y"}), failed("", {"z"})};
  source_.largest_page = 2;
  const auto read = this->read();
  ASSERT_TRUE(read);
  EXPECT_EQ(read->summary.failures(), 3U);
  EXPECT_EQ(read->summary.failed.at(1).id, "row 2 of page 1");
  EXPECT_EQ(read->summary.failed.at(2).id, "row 1 of page 2");
  EXPECT_THAT(source_.detail_requests, SizeIs(2));
}

TEST_F(SubtaskReader, TellsWhatIsNotAsDocumentedOnAllPages) {
  have(150);
  answer(2, [](tasks::SubtaskPage& page) {
    page.violations = {{.field = "Checks", .detail = "null", .count = 3}};
  });
  const auto read = this->read();
  ASSERT_TRUE(read);
  ASSERT_THAT(read->violations, SizeIs(1));
  EXPECT_EQ(read->violations[0].field, "Checks");
  EXPECT_EQ(read->violations[0].count, 6U);
}

TEST_F(SubtaskReader, AServiceThatAnnouncesMoreThanItListsTwiceIsTakenForWhatItLists) {
  have(2);
  answer(4, [](tasks::SubtaskPage& page) { page.total_count = 263; });
  const auto read = this->read();
  ASSERT_TRUE(read);
  EXPECT_EQ(read->summary.total(), 2U);
  ASSERT_THAT(read->violations, SizeIs(1));
  EXPECT_EQ(read->violations[0].field, "PageInfo.TotalCount");
  EXPECT_EQ(read->violations[0].detail, "263 announced, 2 listed, twice");
}

TEST_F(SubtaskReader, AListThatNeverHoldsStillIsAnError) {
  int serial = 0;
  answer(100, [&serial](tasks::SubtaskPage& page) {
    if (++serial % 2 == 1) page.subtasks.push_back(subtask("t-" + std::to_string(serial), kComplete));
    page.total_count = 1'000 - serial;
  });
  const auto read = this->read();
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().cause, ErrorCause::contract);
  EXPECT_THAT(read.error().message, HasSubstr("shifted"));
  EXPECT_LE(source_.detail_requests.size(), 6U);
}

TEST_F(SubtaskReader, MoreThanItBearsIsAnErrorAtOnce) {
  have(1);
  answer(1, [](tasks::SubtaskPage& page) { page.total_count = 10'001; });
  const auto read = this->read();
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().cause, ErrorCause::contract);
  EXPECT_THAT(read.error().message, HasSubstr("10000"));
  EXPECT_THAT(source_.detail_requests, SizeIs(1));
}

TEST_F(SubtaskReader, AListWithoutACountAndWithoutAnEndIsGivenUp) {
  int serial = 0;
  answer(10'000, [&serial](tasks::SubtaskPage& page) {
    page.total_count.reset();
    page.subtasks = {subtask("t-" + std::to_string(++serial), kComplete)};
  });
  const auto read = this->read();
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, HasSubstr("too_long"));
  EXPECT_THAT(source_.detail_requests, SizeIs(kMostSubtaskPages));
}

}  // namespace
}  // namespace sas::polling
