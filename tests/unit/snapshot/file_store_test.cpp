// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include "snapshot/decode.hpp"
#include "snapshot/store.hpp"
#include "support/file_size_limit.hpp"
#include "support/states.hpp"
#include "support/temporary_folder.hpp"

namespace sas::snapshot {
namespace {

using support::numbers;
using support::state_with_news;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class FileStoreTest : public testing::Test {
 public:
  /// A store that has loaded what there is.
  std::unique_ptr<Store> open() {
    auto store = make_file_store(path);
    const auto loaded = store->load();
    EXPECT_TRUE(loaded) << loaded.error().message;
    return store;
  }
  /// What a process that starts now would find.
  std::vector<TargetState> found() {
    auto loaded = make_file_store(path)->load();
    EXPECT_TRUE(loaded) << loaded.error().message;
    return loaded ? *std::move(loaded) : std::vector<TargetState>{};
  }
  std::vector<std::string> targets_found() {
    std::vector<std::string> names;
    for (const TargetState& state : found())
      names.push_back(state.mark.target);
    return names;
  }
  std::vector<std::uint64_t> untold() { return numbers(found().at(0)); }

  support::TemporaryFolder folder;
  const std::string path = folder.path("state");
};

void write(Store& store, const TargetState& state) {
  const Result<void> written = store.write(encode(state));
  EXPECT_TRUE(written) << written.error().message;
}

std::string failure(const Result<void>& result) {
  return result ? "no failure" : result.error().message;
}

TEST_F(FileStoreTest, NoFileMeansThatNothingIsRemembered) {
  EXPECT_TRUE(found().empty());
  EXPECT_THAT(folder.names(), ElementsAre());
}

TEST_F(FileStoreTest, WhatWasWrittenIsFoundByTheNextProcess) {
  support::RandomStates random(1);
  const TargetState state = random.state("a", 300);
  write(*open(), state);
  const auto states = found();
  ASSERT_EQ(states.size(), 1U);
  support::expect_same(states.front(), state);
}

TEST_F(FileStoreTest, TheFileIsItsOwnersAloneAndNothingStaysBesideIt) {
  folder.write("state.new", "left by a writer that was killed");
  write(*open(), state_with_news("a", {1}));
  EXPECT_THAT(folder.names(), ElementsAre("state"));
  struct stat status = {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(FileStoreTest, ASectionReplacesItsTargetsAndLeavesTheOthersWhole) {
  support::RandomStates random(2);
  const TargetState a = random.state("a", 2'000);
  const TargetState c = random.state("c", 100);
  auto store = open();
  write(*store, a);
  write(*store, random.state("b", 50));
  write(*store, c);
  const TargetState b = random.state("b", 1'500);
  write(*store, b);
  store = open();
  write(*store, random.state("d", 1));
  const auto states = found();
  ASSERT_EQ(states.size(), 4U);
  support::expect_same(states[0], a);
  support::expect_same(states[1], c);
  support::expect_same(states[2], b);
}

TEST_F(FileStoreTest, TargetsThatAreNoLongerConfiguredAreDropped) {
  auto store = open();
  for (const char* name : {"a", "b", "c"})
    write(*store, state_with_news(name, {1}));
  EXPECT_EQ(failure(store->keep_only({"a", "c", "d"})), "no failure");
  EXPECT_THAT(targets_found(), ElementsAre("a", "c"));
  EXPECT_EQ(failure(store->keep_only({})), "no failure");
  EXPECT_THAT(targets_found(), ElementsAre());
}

TEST_F(FileStoreTest, KeepingAllWritesNothing) {
  auto store = open();
  write(*store, state_with_news("a", {1}));
  struct stat before = {};
  struct stat after = {};
  ASSERT_EQ(::stat(path.c_str(), &before), 0);
  EXPECT_EQ(failure(store->keep_only({"a"})), "no failure");
  ASSERT_EQ(::stat(path.c_str(), &after), 0);
  EXPECT_EQ(before.st_ino, after.st_ino);
}

TEST_F(FileStoreTest, WhatATargetThatWasDroppedHadToldSaysNothingOfItsNextLife) {
  auto store = open();
  write(*store, state_with_news("a", {1, 2}));
  ASSERT_TRUE(store->told("a", 2));
  ASSERT_TRUE(store->keep_only({}));
  write(*store, state_with_news("a", {2}));
  EXPECT_THAT(untold(), ElementsAre(2));
}

TEST_F(FileStoreTest, WhatWasToldIsNotFoundAgain) {
  auto store = open();
  write(*store, state_with_news("a", {1, 2, 3}));
  ASSERT_TRUE(store->told("a", 2));
  EXPECT_THAT(untold(), ElementsAre(1, 3));
  EXPECT_TRUE(folder.read("state").ends_with("{\"told\":{\"target\":\"a\",\"number\":2}}\n"));
}

TEST_F(FileStoreTest, AnAcknowledgementSurvivesTheWritesAfterItForAsLongAsItMatters) {
  auto store = open();
  write(*store, state_with_news("a", {1, 2}));
  ASSERT_TRUE(store->told("a", 1));
  write(*store, state_with_news("b", {1}));
  EXPECT_THAT(untold(), ElementsAre(2)) << "another target was written";
  store = open();
  write(*store, state_with_news("b", {}));
  EXPECT_THAT(untold(), ElementsAre(2)) << "another process wrote another target";
  write(*store, state_with_news("a", {1, 2, 3}));
  EXPECT_THAT(numbers(found().at(1)), ElementsAre(2, 3)) << "the section was made before it was told";
  write(*store, state_with_news("a", {2, 3}));
  EXPECT_THAT(folder.read("state"), testing::Not(HasSubstr("told"))) << "nobody needs it any more";
}

TEST_F(FileStoreTest, WhatIsToldBeforeItCouldBeWrittenCountsForTheSectionThatComes) {
  auto store = open();
  write(*store, state_with_news("a", {}));
  ASSERT_TRUE(store->told("a", 1));  // its write had failed; a section with it is being made
  write(*store, state_with_news("b", {}));
  write(*store, state_with_news("a", {1, 2}));
  EXPECT_THAT(numbers(found().at(1)), ElementsAre(2));
}

TEST_F(FileStoreTest, ANumberThatWasToldUnwrittenIsFreeAfterARestart) {
  auto store = open();
  write(*store, state_with_news("a", {1}));
  ASSERT_TRUE(store->told("a", 2));
  store = open();
  write(*store, state_with_news("a", {1, 2}));
  EXPECT_THAT(untold(), ElementsAre(1, 2));
}

TEST_F(FileStoreTest, ATornAcknowledgementDoesNotSpoilTheNext) {
  write(*open(), state_with_news("a", {1, 2, 3}));
  folder.write("state", folder.read("state") + R"({"told":{"target":"a",)");
  auto store = open();
  ASSERT_TRUE(store->told("a", 2));
  ASSERT_TRUE(store->told("a", 3));
  EXPECT_THAT(untold(), ElementsAre(1));
}

TEST_F(FileStoreTest, AFullDiskLeavesTheOldFileAndNothingBesideIt) {
  auto store = open();
  write(*store, state_with_news("a", {1, 2}));
  support::RandomStates random(3);
  const Section large = encode(random.state("a", 100));
  {
    const support::FileSizeLimit limit(4'096);
    EXPECT_THAT(
        failure(store->write(large)),
        AllOf(HasSubstr("state file " + path + ".new: cannot write: File too large"), HasSubstr("room")));
  }
  EXPECT_THAT(untold(), ElementsAre(1, 2));
  EXPECT_THAT(folder.names(), ElementsAre("state"));
  ASSERT_TRUE(store->told("a", 1)) << "and the old file is still the one to write to";
  EXPECT_THAT(untold(), ElementsAre(2));
  EXPECT_EQ(failure(store->write(large)), "no failure");
}

TEST_F(FileStoreTest, WhatCouldNotBeAcknowledgedGoesAlongWithTheNextWrite) {
  auto store = open();
  write(*store, state_with_news("a", {1, 2}));
  {
    const support::FileSizeLimit limit(folder.read("state").size() + 10);
    EXPECT_THAT(failure(store->told("a", 1)), HasSubstr("state file " + path));
  }
  EXPECT_THAT(untold(), ElementsAre(1, 2));
  write(*store, state_with_news("b", {}));
  EXPECT_THAT(untold(), ElementsAre(2));
}

TEST_F(FileStoreTest, ARenameThatFailsLeavesTheOldFile) {
  auto store = open();
  write(*store, state_with_news("a", {1, 2}));
  std::filesystem::rename(path, folder.path("moved"));
  std::filesystem::create_directory(path);
  EXPECT_THAT(failure(store->write(encode(state_with_news("a", {3})))),
              HasSubstr("cannot rename it to " + path + ": Is a directory"));
  EXPECT_THAT(folder.names(), ElementsAre("moved", "state"));
  std::filesystem::remove(path);
  ASSERT_TRUE(store->told("a", 1)) << "the old file, whatever its name";
  write(*store, state_with_news("b", {}));
  EXPECT_THAT(untold(), ElementsAre(2));
}

TEST_F(FileStoreTest, AMissingFolderIsSaidUntilSomebodyMakesIt) {
  const auto store = make_file_store(folder.path("lost/state"));
  EXPECT_THAT(store->load().value(), testing::IsEmpty());
  EXPECT_THAT(failure(store->write(encode(state_with_news("a", {})))),
              HasSubstr("the folder " + folder.path("lost") + " must exist"));
  std::filesystem::create_directory(folder.path("lost"));
  write(*store, state_with_news("a", {}));
}

TEST_F(FileStoreTest, AFileThatWasRemovedIsMadeAgainWithAllThatWasInIt) {
  auto store = open();
  write(*store, state_with_news("a", {1}));
  std::filesystem::remove(path);
  write(*store, state_with_news("b", {2}));
  EXPECT_THAT(targets_found(), ElementsAre("a", "b"));
}

TEST_F(FileStoreTest, ASectionThatSomebodyElseChangedIsNotCopied) {
  auto store = open();
  write(*store, state_with_news("a", {1}));
  std::string text = folder.read("state");
  text[text.find("tds.example")] = 'T';
  folder.write("state", text);
  EXPECT_THAT(failure(store->write(encode(state_with_news("b", {})))),
              AllOf(HasSubstr("section of target `a` was changed"), HasSubstr(path)));
  EXPECT_EQ(folder.read("state"), text);
}

TEST_F(FileStoreTest, ALinkIsFollowedForReadingAndReplacedByWriting) {
  write(*open(), state_with_news("a", {1}));
  std::filesystem::rename(path, folder.path("elsewhere"));
  std::filesystem::create_symlink(folder.path("elsewhere"), path);
  auto store = open();
  write(*store, state_with_news("b", {}));
  EXPECT_FALSE(std::filesystem::is_symlink(path));
  EXPECT_THAT(targets_found(), ElementsAre("a", "b"));
}

TEST_F(FileStoreTest, WhatNobodyHasReadIsNotReplaced) {
  folder.write("state", "precious");
  const auto store = make_file_store(path);
  EXPECT_FALSE(store->load());
  EXPECT_THAT(failure(store->write(encode(state_with_news("a", {})))), HasSubstr("load() comes first"));
  EXPECT_THAT(failure(store->keep_only({})), HasSubstr("load() comes first"));
  EXPECT_EQ(folder.read("state"), "precious");
}

TEST_F(FileStoreTest, AFileThatComesAfterLoadingIsNotReplacedUnread) {
  write(*open(), state_with_news("a", {1}));
  std::filesystem::rename(path, folder.path("elsewhere"));
  const auto store = open();
  std::filesystem::rename(folder.path("elsewhere"), path);  // as where its folder was not mounted yet
  EXPECT_THAT(failure(store->write(encode(state_with_news("b", {})))), HasSubstr("load() comes first"));
  ASSERT_TRUE(store->load());
  write(*store, state_with_news("b", {}));
  EXPECT_THAT(targets_found(), ElementsAre("a", "b"));
}

TEST_F(FileStoreTest, AnUnreadableFileIsSetAsideUnderANameThatIsFree) {
  for (const char* content : {"first", "second", "third"}) {
    folder.write("state", content);
    const auto store = make_file_store(path);
    EXPECT_THAT(store->load().error().message, HasSubstr("state file " + path + ": line 1: "));
    const auto moved = store->set_aside();
    ASSERT_TRUE(moved) << moved.error().message;
    EXPECT_EQ(folder.read(std::filesystem::path(*moved).filename()), content);
    write(*store, state_with_news("a", {1}));
  }
  EXPECT_THAT(folder.names(),
              ElementsAre("state", "state.unreadable", "state.unreadable.1", "state.unreadable.2"));
}

TEST_F(FileStoreTest, AFileThatIsTooLargeIsNotRead) {
  folder.write("state", "");
  std::filesystem::resize_file(path, (1ULL << 30U) + 1);
  EXPECT_THAT(make_file_store(path)->load().error().message, HasSubstr("it has 1073741825 bytes"));
}

}  // namespace
}  // namespace sas::snapshot
