// SPDX-License-Identifier: Apache-2.0
#include "credentials/files.hpp"

#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "support/virtual_time.hpp"

namespace sas::credentials {
namespace {

using namespace std::chrono_literals;

class FilesTest : public support::VirtualTime {
 public:
  FilesTest() {
    std::string name = (std::filesystem::temp_directory_path() / "sas-test-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~FilesTest() override { std::filesystem::remove_all(folder_); }

  std::string path(const std::string& name) { return folder_ / name; }
  std::string write(const std::string& name, const std::string& content) {
    std::ofstream(path(name)) << content;
    return path(name);
  }
  // What the files give once nobody has touched them for a while.
  Result<AccessKey> settled(Files& files) {
    (void)await(files.get());
    run_for(10s);
    return await(files.get());
  }
  // As tools do it: write aside, then rename over.
  void replace(const std::string& name, const std::string& content) {
    std::filesystem::rename(write(name + ".new", content), path(name));
  }

 private:
  std::filesystem::path folder_;
};

TEST_F(FilesTest, EachPartMayStandInAFileAndLineEndsAreNotPartOfIt) {
  Files files({.id_file = write("id", "LTAI1\n"),
               .secret_file = write("secret", "s3cret\r\n"),
               .security_token_file = write("token", "  t0ken")});
  const auto key = await(files.get());
  ASSERT_TRUE(key) << key.error().message;
  EXPECT_EQ(key->id, "LTAI1");
  EXPECT_EQ(key->secret.reveal(), "s3cret");
  EXPECT_EQ(key->security_token.reveal(), "t0ken");
}

TEST_F(FilesTest, ValuesAndFilesMix) {
  Files files({.id = "LTAI1", .secret_file = write("secret", "s3cret")});
  const auto key = await(files.get());
  ASSERT_TRUE(key) << key.error().message;
  EXPECT_EQ(key->id, "LTAI1");
  EXPECT_EQ(key->secret.reveal(), "s3cret");
  EXPECT_TRUE(key->security_token.empty());
}

TEST_F(FilesTest, ReplacedFileIsReadAgain) {
  Files files({.id = "LTAI1", .secret_file = write("secret", "old-one")});
  EXPECT_EQ(await(files.get())->secret.reveal(), "old-one");
  replace("secret", "new-one");  // of the same size
  EXPECT_EQ(settled(files)->secret.reveal(), "new-one");
}

TEST_F(FilesTest, FileBehindALinkThatMovesIsReadAgain) {
  write("v1", "old-one");
  write("v2", "new-one");
  std::filesystem::create_symlink("v1", path("secret"));
  Files files({.id = "LTAI1", .secret_file = path("secret")});
  EXPECT_EQ(await(files.get())->secret.reveal(), "old-one");
  std::filesystem::remove(path("secret"));
  std::filesystem::create_symlink("v2", path("secret"));
  EXPECT_EQ(settled(files)->secret.reveal(), "new-one");
}

TEST_F(FilesTest, RewrittenFileIsReadAgain) {
  Files files({.id = "LTAI1", .secret_file = write("secret", "old-one")});
  EXPECT_EQ(await(files.get())->secret.reveal(), "old-one");
  const auto before = std::filesystem::last_write_time(path("secret"));
  write("secret", "new-one");
  std::filesystem::last_write_time(path("secret"), before + std::chrono::seconds{1});
  EXPECT_EQ(settled(files)->secret.reveal(), "new-one");
}

TEST_F(FilesTest, UnchangedFileIsNotReadAgain) {
  Files files({.id = "LTAI1", .secret_file = write("secret", "old-one")});
  const auto before = std::filesystem::file_time_type::clock::now() - 24h * 365 * 10;
  std::filesystem::last_write_time(path("secret"), before);
  EXPECT_TRUE(await(files.get()));
  write("secret", "new-one");
  std::filesystem::last_write_time(path("secret"), before);  // nothing tells the difference
  EXPECT_EQ(settled(files)->secret.reveal(), "old-one");
}

TEST_F(FilesTest, FileThatIsWrittenTwiceWithinATickIsReadAgain) {
  Files files({.id = "LTAI1", .secret_file = write("secret", "old-one")});
  const auto just_now = std::filesystem::last_write_time(path("secret"));
  EXPECT_TRUE(await(files.get()));
  write("secret", "new-one");
  std::filesystem::last_write_time(path("secret"), just_now);  // nothing tells the difference
  EXPECT_EQ(settled(files)->secret.reveal(), "new-one");
}

TEST_F(FilesTest, WhileOneFileIsNewAndTheOtherOldTheOldKeyGoesOn) {
  Files files({.id_file = write("id", "LTAI1"), .secret_file = write("secret", "old")});
  EXPECT_EQ(await(files.get())->id, "LTAI1");
  replace("id", "LTAI2");
  EXPECT_EQ(await(files.get())->id, "LTAI1");
  run_for(1s);
  write("secret", "");  // as whoever writes in place begins
  EXPECT_EQ(await(files.get())->id, "LTAI1");
  run_for(1s);
  write("secret", "new-one");
  EXPECT_EQ(await(files.get())->id, "LTAI1") << "the files have changed within ten seconds";
  run_for(10s);
  const auto key = await(files.get());
  EXPECT_EQ(key->id, "LTAI2");
  EXPECT_EQ(key->secret.reveal(), "new-one");
}

TEST_F(FilesTest, AKeyThatIsRefusedWaitsForNobodyToSettle) {
  Files files({.id = "LTAI1", .secret_file = write("secret", "old")});
  const auto old = await(files.get());
  replace("secret", "new-one");
  EXPECT_EQ(await(files.get())->secret.reveal(), "old");
  files.refused(*old);
  EXPECT_EQ(await(files.get())->secret.reveal(), "new-one");
}

TEST_F(FilesTest, FileThatCannotGiveAKeyIsNamedAndTriedAgain) {
  const struct {
    std::string name;
    std::string content;
    const char* reason;
  } cases[] = {{"missing", "", "No such file"},
               {"empty", "", "empty"},
               {"blank", " \n\n", "empty"},
               {"huge", std::string(70'000, 'x'), "larger than the 65536 bytes"}};
  for (const auto& [name, content, reason] : cases) {
    if (name != "missing") write(name, content);
    Files files({.id = "LTAI1", .secret_file = path(name)});
    const auto key = await(files.get());
    ASSERT_FALSE(key) << name;
    EXPECT_EQ(key.error().kind, ErrorKind::give_up);
    EXPECT_EQ(key.error().cause, ErrorCause::configuration);
    EXPECT_NE(key.error().message.find(path(name)), std::string::npos) << key.error().message;
    EXPECT_NE(key.error().message.find(reason), std::string::npos) << key.error().message;
    replace(name, "s3cret");
    EXPECT_TRUE(await(files.get())) << name;
  }
}

TEST_F(FilesTest, FolderIsNoKey) {
  Files files({.id = "LTAI1", .secret_file = path("")});
  EXPECT_NE(await(files.get()).error().message.find("not a regular file"), std::string::npos);
}

TEST_F(FilesTest, FileThatGoesAwayIsAnErrorAndNotTheOldKey) {
  Files files({.id = "LTAI1", .secret_file = write("secret", "s3cret")});
  EXPECT_TRUE(await(files.get()));
  std::filesystem::remove(path("secret"));
  EXPECT_TRUE(await(files.get())) << "somebody may be about to replace it";
  EXPECT_FALSE(settled(files));
  write("secret", "another");
  EXPECT_TRUE(await(files.get())) << "there is nothing to hold on to";
}

}  // namespace
}  // namespace sas::credentials
