// SPDX-License-Identifier: Apache-2.0
#include "credentials/external_process.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "support/real_sockets.hpp"
#include "support/temporary_folder.hpp"

namespace sas::credentials {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// Real processes, while the clock stands still.
class ExternalProcessTest : public support::RealSockets {
 public:
  // A program that does what the lines of a shell say; that is the test's shell, not the provider's.
  std::string program(const std::string& lines) {
    folder.write("get-key", "#!/bin/sh\n" + lines + "\n");
    ::chmod(folder.path("get-key").c_str(), 0700);
    return folder.path("get-key");
  }
  Result<AccessKey> run(const std::string& command, ProcessLimits limits = {}) {
    ExternalProcess provider(command, limits);
    return await(provider.get());
  }

  support::TemporaryFolder folder;
};

// Not so where it has ended, though nobody may have taken notice yet.
bool runs(int pid) {
  std::ifstream stat(fmt::format("/proc/{}/stat", pid));
  std::string number;
  std::string name;
  char state = 'X';
  stat >> number >> name >> state;
  return state != 'Z' && state != 'X';
}

constexpr const char* kPrints =
    R"(echo '{"mode":"StsToken","access_key_id":"EXT1","access_key_secret":"x","sts_token":"y",)"
    R"("expiration":"2026-01-02T04:04:05Z"}')";

TEST_F(ExternalProcessTest, AnStsTokenWithoutItsTokenIsNoKey) {
  const Result<AccessKey> key =
      run(program(R"(echo '{"mode":"StsToken","access_key_id":"EXT1","access_key_secret":"x"}')"));
  ASSERT_FALSE(key);
  EXPECT_THAT(key.error().message, HasSubstr("has mode StsToken and no sts_token"));
}

TEST_F(ExternalProcessTest, WhatItPrintsIsTheKey) {
  const Result<AccessKey> key = run(program(kPrints));
  ASSERT_TRUE(key) << key.error().message;
  EXPECT_EQ(key->id, "EXT1");
  EXPECT_EQ(key->secret.reveal(), "x");
  EXPECT_EQ(key->security_token.reveal(), "y");
  EXPECT_EQ(format_seconds(*key->expiration), "2026-01-02T04:04:05Z");
}

TEST_F(ExternalProcessTest, NoShellComesBetween) {
  const std::string path =
      program("printf '{\"access_key_id\":\"%s|%s\",\"access_key_secret\":\"x\"}' \"$1\" \"$2\"");
  const Result<AccessKey> key = run(path + R"( '$HOME;' "a b")");
  ASSERT_TRUE(key) << key.error().message;
  EXPECT_EQ(key->id, "$HOME;|a b");
}

TEST_F(ExternalProcessTest, ItsInputIsEmptyAndItsErrorsGoNowhere) {
  testing::internal::CaptureStderr();
  EXPECT_TRUE(run(program("cat; echo hunter2 >&2; " + std::string(kPrints))));
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST_F(ExternalProcessTest, WhatIsWrongIsToldWithoutItsArgumentsAndOutput) {
  const std::tuple<std::string, std::string, const char*> cases[] = {
      {"", "/nowhere/get-key hunter2", "process_command /nowhere/get-key: No such file"},
      {"echo hunter2; exit 3", "", "ends with exit code 3"},
      {"kill -9 $$", "", "killed by signal 9"},
      {"echo hunter2", "", "no JSON object"},
      {":", "", "no JSON object"},
      {R"(echo '{"mode":"RamRoleArn"}')", "", "a mode that is not supported; AK and StsToken are"},
      {R"(echo '{"access_key_id":"hunter2"}')", "", "access_key_secret is missing"},
      {"", "get-key 'hunter2", "a quote that does not close"},
  };
  for (const auto& [lines, command, reason] : cases) {
    const Result<AccessKey> key = run(command.empty() ? program(lines) + " hunter2" : command);
    ASSERT_FALSE(key) << reason;
    EXPECT_THAT(key.error().message, AllOf(HasSubstr(reason), Not(HasSubstr("hunter2"))));
    EXPECT_EQ(key.error().kind, ErrorKind::give_up);
  }
}

TEST_F(ExternalProcessTest, OutputWithoutEndIsCutShort) {
  const Result<AccessKey> key = run(program("while :; do echo hunter2; done"), {.output = 10'000});
  ASSERT_FALSE(key);
  EXPECT_THAT(key.error().message, HasSubstr("writes more than 10000 bytes"));
}

TEST_F(ExternalProcessTest, AfterAMinuteItIsKilledWithAllThatItStarted) {
  for (const char* then : {"sleep 1000", "exec >&-; sleep 1000"}) {  // it may have closed its output
    ExternalProcess provider(program(
        fmt::format("sleep 1000 & echo $! $$ > {0}.new; mv {0}.new {0}; {1}", folder.path("pids"), then)));
    Running<Result<AccessKey>> running;
    start(provider.get(), running);
    const auto has_started = [&] { return std::filesystem::exists(folder.path("pids")); };
    while (!has_started()) {
      context().restart();
      context().poll();
    }
    EXPECT_FALSE(running.done());
    clock().advance(60s);
    run_until([&] { return running.done(); });
    const Result<AccessKey> key = running.take();
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().cause, ErrorCause::timeout);
    EXPECT_THAT(key.error().message, HasSubstr("get-key"));
    std::istringstream pids(folder.read("pids"));
    for (int pid = 0; pids >> pid;) {
      while (runs(pid)) {
      }
    }
    std::filesystem::remove(folder.path("pids"));
  }
}

}  // namespace
}  // namespace sas::credentials
