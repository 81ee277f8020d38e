// SPDX-License-Identifier: Apache-2.0
#pragma once
// The command line as a value.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "settings/settings.hpp"

namespace sas::cli {

inline constexpr int kFine = 0;
inline constexpr int kFailed = 1;  // a check failed, or the daemon could not do its work
inline constexpr int kUsage = 2;   // the command line or the configuration is wrong

struct Arguments {
  enum class Command : std::uint8_t {
    run,
    once,
    check_config,
    doctor,
    print_config_reference,
    print_config_default,
    print_config_schema,
  };
  enum class Format : std::uint8_t { table, json, openmetrics, textfile };
  Command command = Command::run;
  std::string config_file = "/etc/sas-operation-exporter/config.yml";
  std::vector<std::string> listen_address;  // empty: the file's
  bool systemd_socket = false;
  std::optional<std::string> web_config_file;
  std::optional<std::string> telemetry_path;
  std::optional<std::string> external_url;
  std::optional<std::string> route_prefix;
  bool health_without_auth = false;
  std::optional<settings::LogLevel> log_level;
  std::optional<settings::LogFormat> log_format;
  Format format = Format::table;  // of once; of doctor, which has the first two only
  std::string output;             // of once: a file; empty: standard output

  friend bool operator==(const Arguments&, const Arguments&) = default;
};

/// What to print and how to exit where there is no command to run: help, version, a wrong command line.
struct Ending {
  int exit_code = kFine;
  std::string output;  // to standard output
  std::string errors;  // to standard error
};

/// `words` is the command line without the program's name.
std::variant<Arguments, Ending> parse_arguments(const std::vector<std::string>& words);

/// What the command line says goes before what the file says.
void override_settings(settings::Settings& settings, const Arguments& arguments);

}  // namespace sas::cli
