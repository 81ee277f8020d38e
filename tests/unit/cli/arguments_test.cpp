// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/version.hpp"

namespace sas::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

Arguments arguments(const std::vector<std::string>& words) {
  const auto parsed = parse_arguments(words);
  if (const auto* ending = std::get_if<Ending>(&parsed)) {
    ADD_FAILURE() << ending->output << ending->errors;
    return {};
  }
  return std::get<Arguments>(parsed);
}

/// What is told about a wrong command line.
std::string told(const std::vector<std::string>& words) {
  const auto parsed = parse_arguments(words);
  const auto* ending = std::get_if<Ending>(&parsed);
  if (ending == nullptr) return "nothing";
  EXPECT_EQ(ending->exit_code, kUsage);
  EXPECT_EQ(ending->output, "");
  return ending->errors;
}

TEST(Arguments, NoneRunsTheDaemonWithTheDefaults) {
  EXPECT_EQ(arguments({}), Arguments{});
  EXPECT_EQ(arguments({}).command, Arguments::Command::run);
  EXPECT_EQ(arguments({}).config_file, "/etc/sas-operation-exporter/config.yml");
}

TEST(Arguments, CommandsHaveTheirNames) {
  EXPECT_EQ(arguments({"run"}).command, Arguments::Command::run);
  EXPECT_EQ(arguments({"check-config"}).command, Arguments::Command::check_config);
  EXPECT_EQ(arguments({"--print-config-reference"}).command, Arguments::Command::print_config_reference);
  EXPECT_EQ(arguments({"--print-config-default"}).command, Arguments::Command::print_config_default);
  EXPECT_EQ(arguments({"--print-config-schema"}).command, Arguments::Command::print_config_schema);
}

TEST(Arguments, FlagsStandBeforeOrAfterTheCommandWithEqualsOrABlank) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"--config.file=a.yml", "check-config"},
        {"--config.file", "a.yml", "check-config"},
        {"check-config", "--config.file=a.yml"},
        {"check-config", "--config.file", "a.yml"}}) {
    EXPECT_EQ(arguments(words).config_file, "a.yml");
    EXPECT_EQ(arguments(words).command, Arguments::Command::check_config);
  }
}

TEST(Arguments, ListenAddressesAddUpAndDoNotSwallowTheCommand) {
  const Arguments parsed =
      arguments({"--web.listen-address", ":1", "--web.listen-address=[::1]:2", "check-config"});
  EXPECT_THAT(parsed.listen_address, testing::ElementsAre(":1", "[::1]:2"));
  EXPECT_THAT(told({"--web.listen-address", ":1", ":2"}), HasSubstr(":2"));
  EXPECT_EQ(parsed.command, Arguments::Command::check_config);
}

TEST(Arguments, EachFlagIsTaken) {
  const Arguments parsed =
      arguments({"--web.telemetry-path=/m", "--log.level=error", "--log.format=json",
                 "--web.config.file=w.yml", "--web.external-url=https://a/b", "--web.route-prefix=/c",
                 "--web.systemd-socket", "--web.health-without-auth"});
  EXPECT_EQ(parsed.web_config_file, "w.yml");
  EXPECT_EQ(parsed.external_url, "https://a/b");
  EXPECT_EQ(parsed.route_prefix, "/c");
  EXPECT_TRUE(parsed.systemd_socket);
  EXPECT_TRUE(parsed.health_without_auth);
  EXPECT_EQ(parsed.telemetry_path, "/m");
  EXPECT_EQ(parsed.log_level, settings::LogLevel::error);
  EXPECT_EQ(parsed.log_format, settings::LogFormat::json);
}

TEST(Arguments, DoctorHasAFormatOfItsOwn) {
  EXPECT_EQ(arguments({"doctor"}).command, Arguments::Command::doctor);
  EXPECT_EQ(arguments({"doctor"}).format, Arguments::Format::table);
  const Arguments parsed = arguments({"doctor", "--format=json", "--config.file=a.yml"});
  EXPECT_EQ(parsed.format, Arguments::Format::json);
  EXPECT_EQ(parsed.config_file, "a.yml");
  for (const std::string format : {"xml", "textfile"})
    EXPECT_THAT(told({"doctor", "--format=" + format}), HasSubstr("is none of table, json\n"));
}

TEST(Arguments, AllWrongValuesAreToldAtOnce) {
  const std::string errors =
      told({"--log.level=loud", "--log.format=xml", "--web.listen-address=1", "--web.telemetry-path=m",
            "--web.external-url=host", "--web.route-prefix=/a?b"});
  EXPECT_THAT(errors, HasSubstr("--web.external-url: 'host' does not begin with"));
  EXPECT_THAT(errors, HasSubstr("--web.route-prefix: '/a?b' holds"));
  EXPECT_THAT(errors, HasSubstr("--log.level: 'loud' is not one of debug, info, warn, error"));
  EXPECT_THAT(errors, HasSubstr("--log.format: 'xml' is not one of logfmt, json"));
  EXPECT_THAT(errors, HasSubstr("--web.listen-address: '1' has no port"));
  EXPECT_THAT(errors, HasSubstr("--web.telemetry-path: 'm' does not begin with a slash"));
}

TEST(Arguments, AnEmptyValueIsAWrongOne) {
  EXPECT_THAT(told({"--log.level", ""}), HasSubstr("--log.level: ''"));
  EXPECT_THAT(told({"--web.telemetry-path", ""}), HasSubstr("--web.telemetry-path: ''"));
  EXPECT_THAT(told({"--web.config.file", ""}), HasSubstr("--web.config.file: '' is empty"));
  EXPECT_THAT(told({"--web.external-url", ""}), HasSubstr("--web.external-url: ''"));
  EXPECT_THAT(told({"--web.listen-address", ""}), HasSubstr("--web.listen-address: ''"));
}

TEST(Arguments, WhatIsNotKnownOrComesTwiceIsRefused) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"fly"},
                                                {"--format=json"},
                                                {"check-config", "doctor"},
                                                {"--web.config.file"},
                                                {"run", "check-config"},
                                                {"--verbose"},
                                                {"--config.file"},
                                                {"--config.file=a", "--config.file=b"},
                                                {"check-config", "file.yml"},
                                                {"--", "x"}}) {
    EXPECT_THAT(told(words), testing::Not(IsEmpty())) << words.front();
    EXPECT_NE(told(words), "nothing") << words.front();
  }
  EXPECT_THAT(told({"--web.listen-address=:1", "--web.listen-address=:1"}), HasSubstr("':1' is given twice"));
}

TEST(Arguments, HelpNamesEveryCommandAndFlag) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"--help"}, {"-h"}}) {
    const auto parsed = parse_arguments(words);
    const auto& ending = std::get<Ending>(parsed);
    EXPECT_EQ(ending.exit_code, kFine);
    EXPECT_EQ(ending.errors, "");
    for (const char* name :
         {"run", "check-config", "doctor", "--config.file", "--web.listen-address", "--web.telemetry-path",
          "--web.config.file", "--web.systemd-socket", "--web.external-url", "--web.route-prefix",
          "--web.health-without-auth", "--log.level", "--log.format", "--version", "--print-config-reference",
          "--print-config-default", "/etc/sas-operation-exporter/config.yml", "Exit codes"}) {
      EXPECT_THAT(ending.output, HasSubstr(name));
    }
  }
}

TEST(Arguments, TheVersionNamesTheRevisionToo) {
  const auto parsed = parse_arguments({"--version"});
  const auto& ending = std::get<Ending>(parsed);
  EXPECT_EQ(ending.exit_code, kFine);
  EXPECT_EQ(ending.output, "sas-operation-exporter " + std::string{version()} + " (revision " +
                               std::string{revision()} + ")\n");
}

TEST(OverrideSettings, WhatIsGivenGoesBeforeTheFile) {
  settings::Settings settings;
  settings.web.listen_address = {":9"};
  settings.log = {.level = settings::LogLevel::debug, .format = settings::LogFormat::json};
  settings.web.config_file = "file.yml";
  override_settings(
      settings, arguments({"--web.listen-address=:1", "--web.telemetry-path=/m", "--log.level=warn",
                           "--log.format=logfmt", "--web.config.file=w.yml", "--web.external-url=https://a/b",
                           "--web.route-prefix=/c", "--web.systemd-socket", "--web.health-without-auth"}));
  EXPECT_EQ(settings.web.config_file, "w.yml");
  EXPECT_EQ(settings.web.external_url, "https://a/b");
  EXPECT_EQ(settings.web.route_prefix, "/c");
  EXPECT_TRUE(settings.web.systemd_socket && settings.web.health_without_auth);
  EXPECT_THAT(settings.web.listen_address, testing::ElementsAre(":1"));
  EXPECT_EQ(settings.web.telemetry_path, "/m");
  EXPECT_EQ(settings.log, (settings::Log{settings::LogLevel::warn, settings::LogFormat::logfmt}));
}

TEST(OverrideSettings, WhatIsNotGivenStaysAsInTheFile) {
  settings::Settings settings;
  settings.web.listen_address = {":9"};
  settings.log = {.level = settings::LogLevel::debug, .format = settings::LogFormat::json};
  settings.web.systemd_socket = true;
  settings.web.health_without_auth = true;
  settings.web.config_file = "file.yml";
  const settings::Settings before = settings;
  override_settings(settings, arguments({}));
  EXPECT_EQ(settings, before);
}

}  // namespace
}  // namespace sas::cli
