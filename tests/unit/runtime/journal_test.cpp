// SPDX-License-Identifier: Apache-2.0
#include "runtime/journal.hpp"

#include <string>

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/temporary_folder.hpp"

namespace sas::runtime {
namespace {

class Journal : public testing::Test {
 protected:
  ~Journal() override {
    ::unsetenv("JOURNAL_STREAM");
    ::close(stream_);
    ::close(other_);
  }

  int open(const std::string& name) { return ::open(folder_.path(name).c_str(), O_CREAT | O_WRONLY, 0600); }

  static std::string name(int descriptor) {
    struct stat status {};
    EXPECT_EQ(::fstat(descriptor, &status), 0);
    return fmt::format("{}:{}", status.st_dev, status.st_ino);
  }

  support::TemporaryFolder folder_;
  int stream_ = open("stream");
  int other_ = open("other");
};

TEST_F(Journal, IsTheStreamThatTheServiceManagerNamed) {
  ::setenv("JOURNAL_STREAM", name(stream_).c_str(), 1);
  EXPECT_TRUE(is_journal(stream_));
}

TEST_F(Journal, IsNotWhatTheOutputWasRedirectedTo) {
  ::setenv("JOURNAL_STREAM", name(stream_).c_str(), 1);
  EXPECT_FALSE(is_journal(other_));
  EXPECT_FALSE(is_journal(-1));
}

TEST_F(Journal, IsNothingWhereNobodyNamedAStream) {
  EXPECT_FALSE(is_journal(stream_));
  ::setenv("JOURNAL_STREAM", "", 1);
  EXPECT_FALSE(is_journal(stream_));
}

}  // namespace
}  // namespace sas::runtime
