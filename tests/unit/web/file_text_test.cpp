// SPDX-License-Identifier: Apache-2.0
#include "web/file_text.hpp"

#include <chrono>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "support/temporary_folder.hpp"

namespace sas::web {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class FileTextTest : public testing::Test {
 protected:
  std::string problem() {
    const auto looked = text_.look();
    return looked ? "fine" : looked.error().message;
  }
  void age() const { fs::last_write_time(path_, fs::last_write_time(path_) - std::chrono::hours{1}); }

  support::TemporaryFolder folder_;
  std::string path_ = folder_.path("a");
  FileText text_{"cert_file", path_};
};

TEST_F(FileTextTest, OnlyAnotherTextIsNews) {
  folder_.write("a", "one");
  EXPECT_TRUE(*text_.look());
  EXPECT_EQ(text_.text().reveal(), "one");
  EXPECT_FALSE(*text_.look());
  folder_.write("a", "two");  // within a tick of the clock, and as long
  EXPECT_TRUE(*text_.look());
  EXPECT_EQ(text_.text().reveal(), "two");
  folder_.write("a", "two");
  EXPECT_FALSE(*text_.look()) << "the same once more";
}

TEST_F(FileTextTest, AFileThatHasSettledIsReadAgainWhenItIsReplaced) {
  folder_.write("a", "one");
  age();
  EXPECT_TRUE(*text_.look());
  EXPECT_FALSE(*text_.look());
  folder_.write("b", "two");
  fs::rename(folder_.path("b"), path_);
  age();
  EXPECT_TRUE(*text_.look());
  EXPECT_EQ(text_.text().reveal(), "two");
}

TEST_F(FileTextTest, WhatCannotBeReadIsNamedAndTheTextStays) {
  folder_.write("a", "one");
  EXPECT_TRUE(*text_.look());
  fs::remove(path_);
  EXPECT_EQ(problem(), "cert_file " + path_ + ": No such file or directory");
  fs::create_directory(path_);
  EXPECT_THAT(problem(), HasSubstr("is not a regular file"));
  fs::remove(path_);
  ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);
  EXPECT_THAT(problem(), HasSubstr("is not a regular file"));
  fs::remove(path_);
  folder_.write("a", std::string(kLargestFile + 1, 'x'));
  EXPECT_THAT(problem(), HasSubstr("is larger than"));
  EXPECT_EQ(text_.text().reveal(), "one");
  folder_.write("a", std::string(kLargestFile, 'x'));
  EXPECT_TRUE(*text_.look());
}

TEST_F(FileTextTest, NoPathIsAnEmptyText) {
  FileText none("key_file", "");
  EXPECT_FALSE(*none.look());
  EXPECT_TRUE(none.text().empty());
}

TEST_F(FileTextTest, ItTellsWhetherEverybodyMayReadIt) {
  folder_.write("a", "one");
  fs::permissions(path_, fs::perms::owner_read);
  EXPECT_TRUE(*text_.look());
  EXPECT_FALSE(text_.is_open_to_all());
  fs::permissions(path_, fs::perms::others_read, fs::perm_options::add);
  EXPECT_FALSE(*text_.look());
  EXPECT_TRUE(text_.is_open_to_all());
}

}  // namespace
}  // namespace sas::web
