// SPDX-License-Identifier: Apache-2.0
#include "snapshot/file.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "snapshot/layout.hpp"
#include "support/file_size_limit.hpp"
#include "support/temporary_folder.hpp"

namespace sas::snapshot {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class FileTest : public testing::Test {
 public:
  File create(const std::string& name) { return File::create(folder.path(name)).value(); }

  support::TemporaryFolder folder;
};

TEST_F(FileTest, NoFileIsNoFailureEvenWithoutAFolder) {
  for (const char* name : {"state", "lost/state"}) {
    const auto none = File::open(folder.path(name));
    ASSERT_TRUE(none) << none.error().message;
    EXPECT_FALSE(*none);
  }
}

TEST_F(FileTest, AFileIsNotCreatedWithoutAFolder) {
  const auto lost = File::create(folder.path("lost/state"));
  ASSERT_FALSE(lost);
  EXPECT_THAT(lost.error().message, AllOf(HasSubstr("state file " + folder.path("lost/state")),
                                          HasSubstr("the folder " + folder.path("lost") + " must exist")));
}

TEST_F(FileTest, AFolderOrAPipeIsNoStateFile) {
  EXPECT_FALSE(File::open(folder.path("")));
  ASSERT_EQ(::mkfifo(folder.path("pipe").c_str(), 0600), 0);
  const auto pipe = File::open(folder.path("pipe"));
  ASSERT_TRUE(pipe) << pipe.error().message;
  EXPECT_THAT((*pipe)->read_all(10).error().message, HasSubstr("not a regular file"));
}

TEST_F(FileTest, ALargeFileIsNotRead) {
  folder.write("state", "12345678901");
  const auto file = File::open(folder.path("state"));
  EXPECT_THAT((*file)->read_all(10).error().message,
              HasSubstr("it has 11 bytes, and a state file has at most 10"));
  EXPECT_EQ((*file)->read_all(11).value(), "12345678901");
}

TEST_F(FileTest, ANewFileIsItsOwnersAloneAndDoesNotFollowALink) {
  folder.write("other", "precious");
  ASSERT_EQ(::symlink(folder.path("other").c_str(), folder.path("state").c_str()), 0);
  EXPECT_TRUE(create("state").append("mine"));
  EXPECT_EQ(folder.read("other"), "precious");
  EXPECT_EQ(folder.read("state"), "mine");
  struct stat status = {};
  ASSERT_EQ(::lstat(folder.path("state").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode, S_IFREG | 0600U);
}

TEST_F(FileTest, ARangeOfAnotherFileIsAppendedWithItsChecksum) {
  std::string text(1'000'000, 'x');
  text[500'000] = 'y';
  File from = create("from");
  ASSERT_TRUE(from.append(text));
  File to = create("to");
  ASSERT_TRUE(to.append("head"));
  const auto checksum = to.append_from(from, 1, text.size() - 2);
  ASSERT_TRUE(checksum) << checksum.error().message;
  EXPECT_EQ(*checksum, extend_checksum(0, text.substr(1, text.size() - 2)));
  EXPECT_EQ(folder.read("to"), "head" + text.substr(1, text.size() - 2));
}

TEST_F(FileTest, WhatDoesNotFitIsAnErrorThatNamesFileAndReason) {
  File file = create("state");
  const support::FileSizeLimit limit(4);
  const Result<void> written = file.append("12345");
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error().message, AllOf(HasSubstr("state file " + folder.path("state")),
                                             HasSubstr("cannot write: File too large")));
}

TEST_F(FileTest, ALineAfterATornOneBeginsAnew) {
  File file = create("state");
  {
    const support::FileSizeLimit limit(4);
    EXPECT_FALSE(file.append_line("first\n"));
  }
  EXPECT_TRUE(file.append_line("second\n"));
  EXPECT_TRUE(file.append_line("third\n"));
  EXPECT_EQ(folder.read("state"), "firs\nsecond\nthird\n");
}

TEST_F(FileTest, ARenameThatFailsNamesBothNames) {
  const Result<void> renamed = rename_file(folder.path("none"), folder.path("state"));
  ASSERT_FALSE(renamed);
  EXPECT_THAT(renamed.error().message,
              AllOf(HasSubstr(folder.path("none")), HasSubstr(folder.path("state"))));
}

TEST_F(FileTest, AFolderIsBroughtToTheDiskOrItsAbsenceTold) {
  EXPECT_TRUE(sync_folder(folder.path("state")));
  EXPECT_TRUE(sync_folder("state")) << "the working folder";
  EXPECT_THAT(sync_folder(folder.path("lost/state")).error().message, HasSubstr("cannot open its folder"));
}

}  // namespace
}  // namespace sas::snapshot
