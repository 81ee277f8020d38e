// SPDX-License-Identifier: Apache-2.0
#include "manual/man_page.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>

#include <fmt/format.h>

#include "manual/roff.hpp"
#include "settings/schema.hpp"

namespace sas::manual {
namespace {

constexpr std::string_view kDescription =
    "It is one long-running program, which polls `ListOperationProcess` for each target of its "
    "configuration, notices "
    "every change of a task's state, serves progress to Prometheus, and tells transitions and alerts to its "
    "log, to "
    "Alertmanager and to webhooks. Flags may stand before or after the command, their values after a blank "
    "or an equals "
    "sign.";

constexpr std::string_view kConfiguration =
    "The file is YAML. Only targets is required. An unknown key is a mistake, and `check-config` tells all "
    "mistakes at "
    "once. Durations are written as 500ms, 30s, 5m, 2h, 7d or 1h30m. `${NAME}` in a value becomes the "
    "environment "
    "variable of that name; `$$` is a dollar sign.";

constexpr std::string_view kSignals = R"(.TP
.B SIGHUP
The configuration is read anew.
One with mistakes is refused, and the daemon goes on with the one that it has.
.TP
.BR SIGTERM ", " SIGINT
The daemon delivers what is to be told, writes its state and ends.
)";

constexpr std::string_view kEnvironment = R"(.TP
.BI ALIBABA_CLOUD_ *
What the official SDKs and the CLI of Alibaba Cloud read for credentials of type
.BR default ,
and what stands in for single keys of the configuration, as said there.
.TP
.BR HTTPS_PROXY ", " NO_PROXY
The proxy for calls to the service, as
.BR curl (1)
reads them.
.TP
.B SSL_CERT_FILE
Certificate authorities to trust, instead of the system's.
.TP
.B NO_COLOR
Without colours, where
.B doctor
writes to a terminal.
.PP
And whatever variables the configuration names.
)";

constexpr std::string_view kConfigurationExample = R"(targets:
  - name: production
    site: cn)";

std::string heading(std::string_view title) {
  return fmt::format(".SH {}\n", title);
}

/// A term and what is said of it.
std::string entry(const std::string& term, const std::string& text) {
  return fmt::format(".TP\n{}\n{}", term, text);
}

std::string upper(std::string_view text) {
  std::string result;
  std::ranges::transform(text, std::back_inserter(result),
                         [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
  return result;
}

/// `debug|info` as words to choose from, a name such as FILE in italics.
std::string value_of(const cli::Flag& flag) {
  if (flag.words.empty()) return italic(flag.value);
  std::string text;
  for (const std::string& word : flag.words)
    text += fmt::format("{}{}", text.empty() ? "" : "|", bold(word));
  return text;
}

std::string entry_of(const cli::Flag& flag) {
  std::string names;
  for (const std::string& name : flag.names)
    names += fmt::format("{}{}", names.empty() ? "" : ", ", bold(name));
  if (!flag.value.empty()) names += fmt::format("={}", value_of(flag));
  std::string text = prose(flag.sentence + '.');
  if (flag.is_repeatable) text += "May be given more than once.\n";
  if (!flag.standard.empty()) text += fmt::format("Without it:\n{}.\n", bold(flag.standard));
  return entry(names, text);
}

std::string synopsis(const cli::Description& program) {
  std::string text = heading("SYNOPSIS");
  for (const cli::Command& command : program.commands) {
    if (&command != program.commands.data()) text += ".br\n";
    text += fmt::format("{} [{}] {}\n", bold(program.program), italic("flag") + "...", bold(command.name));
  }
  return text;
}

std::string commands(const cli::Description& program) {
  std::string text = heading("COMMANDS");
  for (const cli::Command& command : program.commands)
    text += entry(bold(command.name), prose(command.sentence + '.'));
  return text;
}

std::string options(const cli::Description& program) {
  std::string text = heading("OPTIONS");
  for (const cli::Flag& flag : program.flags)
    text += entry_of(flag);
  for (const cli::Command& command : program.commands) {
    if (command.flags.empty()) continue;
    text += fmt::format(".SS Of {}\n", escaped(command.name));
    for (const cli::Flag& flag : command.flags)
      text += entry_of(flag);
  }
  return text;
}

std::string values_of(const settings::Shape& shape) {
  if (!shape.words.empty()) return fmt::format("{}", fmt::join(shape.words, " | "));
  if (shape.lowest.empty()) return std::string{to_string(shape.type)};
  return fmt::format("{}, {} to {}", to_string(shape.type), shape.lowest, shape.highest);
}

std::string presence_of(const settings::Key& key) {
  if (!key.default_text.empty()) return fmt::format("; without it {}", key.default_text);
  return key.presence == settings::Presence::required ? "; required" : "";
}

std::string keys_of(std::string_view section) {
  std::string text;
  for (const settings::Key& key : settings::keys()) {
    if (settings::section_of(key.path) != section) continue;
    const std::string values = fmt::format("({}{})\n", values_of(key.shape), presence_of(key));
    text += entry(bold(settings::leaf_of(key.path)), prose(values) + prose(key.sentence));
  }
  return text;
}

std::string configuration() {
  std::string text = heading("CONFIGURATION") + prose(kConfiguration) + keys_of("");
  for (const settings::Section& section : settings::sections())
    text += fmt::format(".SS {}\n", escaped(section.path)) + prose(section.sentence) + keys_of(section.path);
  return text;
}

std::string exit_status() {
  std::string text = heading("EXIT STATUS");
  for (const cli::ExitCode& each : cli::kExitCodes)
    text += entry(fmt::format(".B {}", each.code), prose(fmt::format("{}.", each.sentence)));
  return text;
}

std::string files(const cli::Description& program) {
  std::string text = heading("FILES");
  for (const cli::Flag& flag : program.flags)
    if (flag.takes_file() && !flag.standard.empty())
      text += entry(italic(flag.standard),
                    prose(fmt::format("{}, unless `{}` names another.", flag.sentence, flag.name())));
  for (const settings::Key& key : settings::keys())
    if (key.path == "state.file")
      text += entry(italic(key.example),
                    prose("Where the package lets the daemon keep its state: see `state.file`."));
  const std::string documents = fmt::format("/usr/share/doc/{}/", program.program);
  return text + entry(italic(documents),
                      prose("Reference, examples, a JSON schema for editors, the least RAM policy."));
}

std::string examples(const cli::Description& program) {
  const std::string command = program.program;
  return heading("EXAMPLES") + prose("One account, whose key stands in the environment:") +
         example(kConfigurationExample) + ".PP\n" +
         prose("What is wrong with a configuration, with its targets, and what they show:") +
         example(
             fmt::format("{0} check-config --config.file=config.yml\n{0} doctor --config.file=config.yml\n"
                         "{0} once --config.file=config.yml --format=json",
                         command));
}

}  // namespace

std::string man_page(const cli::Description& program, std::string_view version, std::string_view date) {
  std::string sentence = program.sentence;
  sentence.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(sentence.front())));
  if (sentence.ends_with('.')) sentence.pop_back();
  const std::string head = fmt::format("{} 1 {} \"{} {}\" \"User Commands\"", escaped(upper(program.program)),
                                       date, escaped(program.program), version);
  return fmt::format(".\\\" Made from the program itself by daemon/manual.\n.TH {}\n.ad l\n", head) +
         heading("NAME") + prose(fmt::format("{} - {}", program.program, sentence)) + synopsis(program) +
         heading("DESCRIPTION") + prose(program.sentence) + prose(kDescription) + commands(program) +
         options(program) + configuration() + heading("SIGNALS") + std::string{kSignals} + exit_status() +
         files(program) + heading("ENVIRONMENT") + std::string{kEnvironment} + examples(program) +
         heading("SEE ALSO") +
         ".BR prometheus (1),\n.BR prometheus\\-alertmanager (1),\n.BR systemd.exec (5)\n";
}

}  // namespace sas::manual
