// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <sstream>
#include <string_view>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "base/version.hpp"
#include "cli/describe.hpp"
#include "cli/description.hpp"
#include "settings/checks.hpp"
#include "settings/schema.hpp"
#include "settings/text.hpp"
#include "settings/web_checks.hpp"

namespace sas::cli {
namespace {

constexpr std::string_view kProgram = "sas-operation-exporter";
constexpr std::array<std::string_view, 4> kFormats{"table", "json", "openmetrics", "textfile"};
constexpr std::size_t kFormatsOfDoctor = 2;  // the first ones

/// As the help shows them, and describe() finds them: `table|json`.
std::string joined(std::span<const std::string_view> words) {
  return fmt::format("{}", fmt::join(words, "|"));
}

const settings::Key& key_at(std::string_view path) {
  const auto all = settings::keys();
  return *std::find_if(all.begin(), all.end(), [path](const settings::Key& key) { return key.path == path; });
}

std::string words_of(std::string_view path) {
  return joined(key_at(path).shape.words);
}

/// As they were typed, before they are checked.
struct Typed {
  std::vector<std::string> listen_address;
  std::optional<std::string> web_config_file;
  std::optional<std::string> telemetry_path;
  std::optional<std::string> external_url;
  std::optional<std::string> route_prefix;
  std::optional<std::string> log_level;
  std::optional<std::string> log_format;
  std::string format = "table";
  bool print_reference = false;
  bool print_default = false;
  bool print_schema = false;
};

struct Parser {
  explicit Parser(Arguments& arguments);
  void add_web_flags(Arguments& arguments);

  CLI::App app{"Watches the operation tasks of Alibaba Cloud Security Center for Prometheus.",
               std::string{kProgram}};
  CLI::App* check_config = nullptr;
  CLI::App* once = nullptr;
  CLI::App* doctor = nullptr;
  Typed typed;
};

Parser::Parser(Arguments& arguments) {
  app.set_help_flag("-h,--help", "Print this and exit");
  app.set_version_flag("--version", fmt::format("{} {} (revision {})", kProgram, version(), revision()),
                       "Print name, version and revision, and exit");
  app.add_option("--config.file", arguments.config_file, "The configuration")
      ->type_name("FILE")
      ->capture_default_str();
  add_web_flags(arguments);
  app.add_option("--log.level", typed.log_level, "The least that is written; instead of log.level")
      ->type_name(words_of("log.level"));
  app.add_option("--log.format", typed.log_format, "How a line is written; instead of log.format")
      ->type_name(words_of("log.format"));
  app.add_flag("--print-config-reference", typed.print_reference,
               "Print every key of the configuration, and exit");
  app.add_flag("--print-config-default", typed.print_default,
               "Print the commented default configuration, and exit");
  app.add_flag("--print-config-schema", typed.print_schema,
               "Print the JSON schema of the configuration, for editors, and exit");
  app.add_subcommand("run", "The daemon; what is done where no command is given")->fallthrough();
  once =
      app.add_subcommand("once", "One poll of each target, printed; 1 where one did not see the whole list");
  once->fallthrough();
  once->add_option("--format", typed.format, "How it is printed; textfile is for node_exporter's collector")
      ->type_name(joined(kFormats))
      ->capture_default_str();
  once->add_option("--output", arguments.output, "A file to replace, whole; standard output without it")
      ->type_name("FILE");
  check_config =
      app.add_subcommand("check-config", "Say what is wrong with the configuration, or what it amounts to");
  check_config->fallthrough();
  doctor =
      app.add_subcommand("doctor", "Ask each target all that it takes, and say what to do where it fails");
  doctor->fallthrough();
  doctor->add_option("--format", typed.format, "How it is printed")
      ->type_name(joined(std::span(kFormats).first(kFormatsOfDoctor)))
      ->capture_default_str();
  app.require_subcommand(0, 1);
  std::string codes;
  for (const ExitCode& each : kExitCodes)
    codes += fmt::format("{} {} {}", codes.empty() ? "" : ",", each.code, each.sentence);
  app.footer(fmt::format("Exit codes:{}.", codes));
}

void Parser::add_web_flags(Arguments& arguments) {
  app.add_option("--web.listen-address", typed.listen_address,
                 "Where to serve; instead of web.listen_address, and as often as needed")
      ->type_name("HOST:PORT")
      ->allow_extra_args(false);
  app.add_flag("--web.systemd-socket", arguments.systemd_socket,
               "Serve at the sockets that systemd hands over, instead of any address");
  app.add_option("--web.config.file", typed.web_config_file,
                 "TLS, users and headers, in the format of all exporters; instead of web.config_file")
      ->type_name("FILE");
  app.add_option("--web.telemetry-path", typed.telemetry_path, "Where to serve the metrics")
      ->type_name("PATH")
      ->default_str(settings::Web{}.telemetry_path);
  app.add_option("--web.external-url", typed.external_url,
                 "Where the pages are seen from outside, for their links; instead of web.external_url")
      ->type_name("URL");
  app.add_option("--web.route-prefix", typed.route_prefix,
                 "Path before that of each page; without it the path of --web.external-url")
      ->type_name("PATH");
  app.add_flag("--web.health-without-auth", arguments.health_without_auth,
               "Answer /-/healthy and /-/ready without user and password");
}

/// Collects what is wrong with the values of flags.
class Flags {
 public:
  template <class Enum>
  std::optional<Enum> word(std::string_view flag, std::string_view key_path,
                           const std::optional<std::string>& text) {
    if (!text) return std::nullopt;
    const auto value = settings::read_value(key_at(key_path).shape, *text, settings::in_quotes(*text));
    if (const auto* problem = std::get_if<settings::Problem>(&value)) {
      tell(flag, problem->text);
      return std::nullopt;
    }
    return static_cast<Enum>(std::get<settings::Word>(std::get<settings::Value>(value)).index);
  }

  void text(std::string_view flag, const std::string& value, settings::Check rule) {
    if (const auto problem = rule(value)) tell(flag, settings::in_quotes(value) + ' ' + problem->text);
  }

  /// Nothing where it was not given.
  std::optional<std::string> checked(std::string_view flag, const std::optional<std::string>& value,
                                     settings::Check rule) {
    if (value) text(flag, *value, rule);
    return value;
  }

  void tell(std::string_view flag, std::string_view problem) {
    errors += fmt::format("{}: {}\n", flag, problem);
  }

  std::string errors;
};

void check_format(Flags& flags, const Typed& typed, Arguments& arguments) {
  const bool is_once = arguments.command == Arguments::Command::once;
  const std::span<const std::string_view> known =
      std::span(kFormats).first(is_once ? kFormats.size() : kFormatsOfDoctor);
  const auto format = std::find(known.begin(), known.end(), typed.format);
  if (format == known.end()) {
    flags.tell("--format",
               fmt::format("{} is none of {}", settings::in_quotes(typed.format), settings::listed(known)));
    return;
  }
  arguments.format = static_cast<Arguments::Format>(format - known.begin());
  if (arguments.format == Arguments::Format::textfile && !arguments.output.ends_with(".prom")) {
    flags.tell("--output",
               "a textfile needs a file that ends in .prom, since the collector reads no other; "
               "such as --output=/var/lib/prometheus/node-exporter/sas-operation.prom");
  }
}

std::optional<settings::Problem> check_not_empty(std::string_view text) {
  if (!text.empty()) return std::nullopt;
  return settings::Problem{"is empty; write the path of a file, or leave the flag out"};
}

std::string check_values(const Typed& typed, Arguments& arguments) {
  Flags flags;
  arguments.log_level = flags.word<settings::LogLevel>("--log.level", "log.level", typed.log_level);
  arguments.log_format = flags.word<settings::LogFormat>("--log.format", "log.format", typed.log_format);
  for (const std::string& address : typed.listen_address) {
    flags.text("--web.listen-address", address, settings::check_listen_address);
    if (std::count(arguments.listen_address.begin(), arguments.listen_address.end(), address) != 0) {
      flags.tell("--web.listen-address", settings::in_quotes(address) + " is given twice; give it once");
    }
    arguments.listen_address.push_back(address);
  }
  arguments.web_config_file = flags.checked("--web.config.file", typed.web_config_file, check_not_empty);
  arguments.telemetry_path =
      flags.checked("--web.telemetry-path", typed.telemetry_path, settings::check_telemetry_path);
  arguments.external_url =
      flags.checked("--web.external-url", typed.external_url, settings::check_external_url);
  arguments.route_prefix =
      flags.checked("--web.route-prefix", typed.route_prefix, settings::check_route_prefix);
  check_format(flags, typed, arguments);
  return std::move(flags.errors);
}

Ending ending(const CLI::App& app, const CLI::ParseError& outcome) {
  std::ostringstream output;
  std::ostringstream errors;
  const int code = app.exit(outcome, output, errors);
  return {.exit_code = code == kFine ? kFine : kUsage, .output = output.str(), .errors = errors.str()};
}

Arguments::Command command_of(const Parser& parser) {
  if (parser.typed.print_reference) return Arguments::Command::print_config_reference;
  if (parser.typed.print_default) return Arguments::Command::print_config_default;
  if (parser.typed.print_schema) return Arguments::Command::print_config_schema;
  if (parser.once->parsed()) return Arguments::Command::once;
  if (parser.doctor->parsed()) return Arguments::Command::doctor;
  return parser.check_config->parsed() ? Arguments::Command::check_config : Arguments::Command::run;
}

}  // namespace

Description description() {
  Arguments arguments;
  return describe(Parser{arguments}.app);
}

std::variant<Arguments, Ending> parse_arguments(const std::vector<std::string>& words) {
  Arguments arguments;
  Parser parser{arguments};
  try {
    parser.app.parse(
        std::vector<std::string>{words.rbegin(), words.rend()});  // CLI11 takes them from the back
  } catch (const CLI::ParseError& outcome) {
    return ending(parser.app, outcome);
  }
  arguments.command = command_of(parser);
  std::string errors = check_values(parser.typed, arguments);
  if (!errors.empty()) {
    errors += "Run with --help for more information.\n";
    return Ending{.exit_code = kUsage, .output = {}, .errors = std::move(errors)};
  }
  return arguments;
}

void override_settings(settings::Settings& settings, const Arguments& arguments) {
  if (!arguments.listen_address.empty()) settings.web.listen_address = arguments.listen_address;
  if (arguments.systemd_socket) settings.web.systemd_socket = true;
  if (arguments.web_config_file) settings.web.config_file = *arguments.web_config_file;
  if (arguments.telemetry_path) settings.web.telemetry_path = *arguments.telemetry_path;
  if (arguments.external_url) settings.web.external_url = *arguments.external_url;
  if (arguments.route_prefix) settings.web.route_prefix = *arguments.route_prefix;
  if (arguments.health_without_auth) settings.web.health_without_auth = true;
  if (arguments.log_level) settings.log.level = *arguments.log_level;
  if (arguments.log_format) settings.log.format = *arguments.log_format;
}

}  // namespace sas::cli
