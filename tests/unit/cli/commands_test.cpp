// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"

#include <cstdio>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/arguments.hpp"
#include "settings/reference.hpp"

namespace sas::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class Commands : public testing::Test {
 protected:
  Commands()
      : file_(testing::TempDir() + "sas_cli_" +
              testing::UnitTest::GetInstance()->current_test_info()->name()) {}
  void TearDown() override {
    std::remove(file_.c_str());
    std::remove(textfile().c_str());
  }

  [[nodiscard]] std::string textfile() const { return file_ + ".prom"; }
  static std::string content(const std::string& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
  }

  int run(const std::vector<std::string>& words) {
    return run_command(
        words,
        {.output = output_,
         .errors = errors_,
         .environment = [](std::string_view name) -> std::optional<std::string> {
           return name == "SECRET" ? std::optional<std::string>{"hunter2"} : std::nullopt;
         },
         .daemon =
             [this](const settings::Settings& settings, app::ReadSettings read) {
               started_.push_back(settings);
               read_again_ = std::move(read);
               return 7;
             },
         .once =
             [this](const settings::Settings& settings, const std::function<int(const app::Seen&)>& show) {
               started_.push_back(settings);
               return show(seen_);
             },
         .doctor =
             [this](const settings::Settings& settings, const auto& show) {
               examined_.push_back(settings);
               return show(report_);
             },
         .web_config_mistakes =
             [this](const settings::Settings& settings) {
               return settings.web.config_file.empty() ? std::nullopt : web_config_mistakes_;
             }});
  }

  int run_with_file(const std::string& yaml, std::vector<std::string> words = {}) {
    std::ofstream(file_) << yaml;
    words.push_back("--config.file=" + file_);
    return run(words);
  }

  std::string file_;
  std::ostringstream output_;
  std::ostringstream errors_;
  std::vector<settings::Settings> started_;
  app::ReadSettings read_again_;
  app::Seen seen_{.looks = {{.target = "a",
                             .endpoint = "https://a.invalid",
                             .at = Time{},
                             .result = policy::PollResult::complete,
                             .trouble = {},
                             .tasks = {}}},
                  .metrics = [](exposition::Format format) {
                    return std::string{format == exposition::Format::text ? "as text\n" : "as OpenMetrics\n"};
                  }};
  std::vector<settings::Settings> examined_;
  doctor::Report report_;
  std::optional<std::string> web_config_mistakes_ = "w.yml:1:1: zoo: is not known here\n";
};

TEST_F(Commands, RunStartsTheDaemonAndReturnsItsExitCode) {
  EXPECT_EQ(run_with_file("targets: [{name: a, site: cn}]", {"--web.listen-address=:1"}), 7);
  ASSERT_EQ(started_.size(), 1U);
  EXPECT_EQ(started_[0].targets.size(), 1U);
  EXPECT_THAT(started_[0].web.listen_address, testing::ElementsAre(":1"));
  EXPECT_EQ(output_.str(), "");
  EXPECT_EQ(errors_.str(), "");
}

TEST_F(Commands, RunTellsAllMistakesAndStartsNothing) {
  EXPECT_EQ(run_with_file("targets: [{name: a, site: cn, network: x}]\npol: 1\n"), 2);
  EXPECT_TRUE(started_.empty());
  EXPECT_EQ(output_.str(), "");
  EXPECT_EQ(errors_.str(), file_ + ":1:40: targets[0].network: 'x' is not one of public, vpc\n" + file_ +
                               ":2:1: pol: is not known here; did you mean poll?\n");
}

TEST_F(Commands, AWrongWebConfigurationIsToldAndStartsNothing) {
  for (const char* command : {"run", "check-config"}) {
    EXPECT_EQ(run_with_file("targets: [{name: a, site: cn}]", {command, "--web.config.file=w.yml"}), 2)
        << command;
    EXPECT_EQ(errors_.str(), *web_config_mistakes_);
    EXPECT_EQ(output_.str(), "");
    errors_.str("");
  }
  EXPECT_TRUE(started_.empty());
  web_config_mistakes_.reset();
  EXPECT_EQ(run_with_file("targets: [{name: a, site: cn}]", {"check-config", "--web.config.file=w.yml"}), 0);
  EXPECT_THAT(output_.str(), HasSubstr("w.yml"));
}

TEST_F(Commands, AFileThatIsNotThereIsNamed) {
  EXPECT_EQ(run({"--config.file=/no/such/file.yml"}), 2);
  EXPECT_EQ(
      errors_.str(),
      "/no/such/file.yml: cannot be read: No such file or directory; --config.file names another file\n");
}

TEST_F(Commands, ADirectoryIsNoFile) {
  EXPECT_EQ(run({"check-config", "--config.file=/tmp"}), 2);
  EXPECT_THAT(errors_.str(), StartsWith("/tmp: cannot be read: Is a directory"));
}

TEST_F(Commands, AFileWithoutEndIsReadOnlyToTheLimit) {
  EXPECT_EQ(run({"check-config", "--config.file=/dev/zero"}), 2);
  EXPECT_EQ(errors_.str(), "/dev/zero: is larger than 1048576 bytes, which is the most that is read\n");
}

TEST_F(Commands, CheckConfigShowsWhatTheConfigurationAmountsTo) {
  EXPECT_EQ(run_with_file("targets: [{name: production, site: intl}]\npoll: {interval: 45s}\n",
                          {"check-config", "--log.level=debug"}),
            0);
  EXPECT_TRUE(started_.empty());
  EXPECT_THAT(output_.str(), StartsWith(file_ + ": valid\ntarget production\n"));
  EXPECT_THAT(output_.str(), HasSubstr("https://tds.ap-southeast-1.aliyuncs.com"));
  EXPECT_THAT(output_.str(), HasSubstr("interval                45s"));
  EXPECT_THAT(output_.str(), HasSubstr("level                   debug"));
  EXPECT_EQ(errors_.str(), "");
}

TEST_F(Commands, CheckConfigFailsWithAllMistakes) {
  EXPECT_EQ(run_with_file("poll: {interval: x}\n", {"check-config"}), 2);
  EXPECT_EQ(output_.str(), "");
  EXPECT_THAT(errors_.str(), HasSubstr("targets: is missing"));
  EXPECT_THAT(errors_.str(), HasSubstr("poll.interval: 'x'"));
}

TEST_F(Commands, CheckConfigShowsNoSecret) {
  EXPECT_EQ(
      run_with_file("targets: [{name: a, site: cn, credentials: {type: sts, access_key_id: LTAI5tSixteen,\n"
                    "  access_key_secret: '${SECRET}', security_token: 'hunter2+'}}]\n",
                    {"check-config"}),
      0);
  EXPECT_THAT(output_.str(), Not(HasSubstr("hunter2")));
  EXPECT_THAT(output_.str(), Not(HasSubstr("LTAI5t")));
  EXPECT_THAT(output_.str(), HasSubstr("sts, id ***teen, secret ***, token ***"));
}

TEST_F(Commands, DoctorShowsWhatItFoundAndFailsWhereSomethingDid) {
  doctor::Check check{.step = doctor::Step::dns, .finding = "a is at 192.0.2.1"};
  report_ = {{.target = "a", .endpoint = "https://a", .checks = {check}}};
  EXPECT_EQ(run_with_file("targets: [{name: a, site: cn}]", {"doctor"}), 0);
  EXPECT_THAT(output_.str(), HasSubstr("ok       dns"));
  report_[0].checks[0].status = doctor::Status::warning;
  EXPECT_EQ(run_with_file("targets: [{name: a, site: cn}]", {"doctor"}), 0);
  report_[0].checks[0].status = doctor::Status::failed;
  output_.str("");
  EXPECT_EQ(run_with_file("targets: [{name: a, site: cn}]", {"doctor", "--format=json"}), 1);
  EXPECT_THAT(output_.str(), StartsWith("{\"schema\":1,"));
  EXPECT_TRUE(started_.empty());
  EXPECT_EQ(errors_.str(), "");
}

TEST_F(Commands, DoctorLogsNothingUnlessAsked) {
  run_with_file("targets: [{name: a, site: cn}]\nlog: {level: debug}", {"doctor"});
  run_with_file("targets: [{name: a, site: cn}]", {"doctor", "--log.level=debug"});
  ASSERT_EQ(examined_.size(), 2U);
  EXPECT_EQ(examined_[0].log.level, settings::LogLevel::error);
  EXPECT_EQ(examined_[1].log.level, settings::LogLevel::debug);
}

TEST_F(Commands, DoctorTellsMistakesOfTheFileAsCheckConfigDoes) {
  EXPECT_EQ(run_with_file("targets: [{name: a, site: x}]", {"doctor", "--format=json"}), 2);
  EXPECT_EQ(output_.str(), "");
  EXPECT_THAT(errors_.str(), StartsWith(file_ + ":1:27: targets[0].site: 'x' is not one of cn, intl"));
  EXPECT_TRUE(examined_.empty());
}

TEST_F(Commands, AReportThatCannotBeWrittenIsAFailure) {
  output_.setstate(std::ios::badbit);
  EXPECT_EQ(run_with_file("targets: [{name: a, site: cn}]", {"doctor"}), 1);
  EXPECT_EQ(errors_.str(), "cannot write to standard output\n");
}

TEST_F(Commands, AWrongCommandLineIsToldOnStandardError) {
  EXPECT_EQ(run({"fly"}), 2);
  EXPECT_EQ(output_.str(), "");
  EXPECT_THAT(errors_.str(), HasSubstr("fly"));
}

TEST_F(Commands, TheDocumentsComeWithoutAConfiguration) {
  EXPECT_EQ(run({"--print-config-reference", "--config.file=/no/such/file"}), 0);
  EXPECT_EQ(output_.str(), settings::reference());
  output_.str("");
  EXPECT_EQ(run({"--print-config-default", "--config.file=/no/such/file"}), 0);
  EXPECT_EQ(output_.str(), settings::commented_default());
  output_.str("");
  EXPECT_EQ(run({"--print-config-schema", "--config.file=/no/such/file"}), 0);
  EXPECT_EQ(output_.str(), settings::json_schema());
}

TEST_F(Commands, OncePrintsInEachFormat) {
  const std::string yaml = "targets: [{name: a, site: cn}]";
  EXPECT_EQ(run_with_file(yaml, {"once"}), kFine);
  EXPECT_EQ(run_with_file(yaml, {"once", "--format=json"}), kFine);
  EXPECT_EQ(run_with_file(yaml, {"once", "--format=openmetrics"}), kFine);
  EXPECT_EQ(
      output_.str(),
      "a: 0 tasks\n"
      R"({"targets":[{"target":"a","endpoint":"https://a.invalid","polled_at":"1970-01-01T00:00:00.000Z",)"
      R"("result":"complete","trouble":null,"tasks":[]}]})"
      "\nas OpenMetrics\n");
  EXPECT_EQ(errors_.str(), "");
}

TEST_F(Commands, OnceIsQuietUnlessTheCommandLineAsksForALog) {
  EXPECT_EQ(run_with_file("targets: [{name: a, site: cn}]\nlog: {level: debug}", {"once"}), kFine);
  EXPECT_EQ(run_with_file("targets: [{name: a, site: cn}]", {"once", "--log.level=debug"}), kFine);
  ASSERT_EQ(started_.size(), 2U);
  EXPECT_EQ(started_[0].log.level, settings::LogLevel::error);
  EXPECT_EQ(started_[1].log.level, settings::LogLevel::debug);
}

TEST_F(Commands, OnceReplacesATextfile) {
  std::ofstream(textfile()) << "old";
  EXPECT_EQ(run_with_file("targets: [{name: a, site: cn}]",
                          {"once", "--format=textfile", "--output=" + textfile()}),
            kFine);
  EXPECT_EQ(content(textfile()), "as text\n");
  EXPECT_EQ(output_.str(), "");
}

TEST_F(Commands, ATextfileThatNoCollectorWouldReadIsRefused) {
  const std::string yaml = "targets: [{name: a, site: cn}]";
  EXPECT_EQ(run_with_file(yaml, {"once", "--format=textfile"}), kUsage);
  EXPECT_EQ(run_with_file(yaml, {"once", "--format=textfile", "--output=/tmp/a.txt"}), kUsage);
  EXPECT_EQ(run_with_file(yaml, {"once", "--format=xml"}), kUsage);
  EXPECT_THAT(errors_.str(), HasSubstr("--output: a textfile needs a file that ends in .prom"));
  EXPECT_THAT(errors_.str(), HasSubstr("--format: 'xml' is none of table, json, openmetrics, textfile"));
  EXPECT_TRUE(started_.empty());
}

TEST_F(Commands, OnceShowsWhatWasSeenAndSaysWhatWasNot) {
  seen_.looks[0].result = policy::PollResult::incomplete;
  seen_.looks[0].trouble = "server: internal error";
  EXPECT_EQ(run_with_file("targets: [{name: a, site: cn}]", {"once"}), kFailed);
  EXPECT_EQ(output_.str(), "a: incomplete; seen 0 tasks\n");
  EXPECT_EQ(errors_.str(), "a: incomplete: server: internal error\n");
}

TEST_F(Commands, AFileThatCannotBeWrittenIsAFailure) {
  EXPECT_EQ(run_with_file("targets: [{name: a, site: cn}]", {"once", "--output=/nowhere/at/all"}), kFailed);
  EXPECT_THAT(errors_.str(), StartsWith("/nowhere/at/all."));
  EXPECT_THAT(errors_.str(), HasSubstr("No such file or directory; its folder must exist"));
}

TEST_F(Commands, OutputThatNobodyTakesIsAFailure) {
  output_.setstate(std::ios::badbit);
  EXPECT_EQ(run_with_file("targets: [{name: a, site: cn}]", {"once"}), kFailed);
  EXPECT_EQ(errors_.str(), "cannot write to standard output\n");
}

TEST_F(Commands, AReloadReadsTheFileAgainWithTheSameCommandLine) {
  const std::string target = "targets: [{name: a, site: cn, credentials: {type: default}}]\n";
  ASSERT_EQ(run_with_file(target + "poll: {interval: 1m}\n", {"--log.level=debug"}), 7);
  std::ofstream(file_) << target << "poll: {interval: 2m}\n";
  const auto again = read_again_();
  ASSERT_TRUE(std::holds_alternative<settings::Settings>(again));
  EXPECT_EQ(std::get<settings::Settings>(again).poll.interval, std::chrono::minutes{2});
  EXPECT_EQ(std::get<settings::Settings>(again).log.level, settings::LogLevel::debug);
  std::ofstream(file_) << target << "poll: {interval: never}\n";
  const auto refused = read_again_();
  ASSERT_TRUE(std::holds_alternative<std::string>(refused));
  EXPECT_THAT(std::get<std::string>(refused), testing::HasSubstr("poll.interval"));
}

}  // namespace
}  // namespace sas::cli
