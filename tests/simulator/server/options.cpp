// SPDX-License-Identifier: Apache-2.0
#include "simulator/server/options.hpp"

#include <charconv>
#include <iostream>
#include <string_view>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "simulator/service/signature_check.hpp"

namespace sas::simulator {
namespace {

struct Texts {
  std::string listen = "127.0.0.1:0";
  std::string start;
  std::vector<std::string> access_keys;
  bool http = false;
};

void declare(CLI::App& app, Options& options, Texts& texts) {
  app.add_option("--listen", texts.listen, "HOST:PORT; port 0: the kernel chooses")->capture_default_str();
  app.add_option("--tls-cert", options.certificate_file, "The server's certificate, PEM");
  app.add_option("--tls-key", options.key_file, "Its key, PEM");
  app.add_flag("--http", texts.http, "Plain HTTP in place of HTTPS");
  app.add_option(
      "--make-ca", options.make_ca,
      "Make a CA and a certificate for 127.0.0.1, ::1 and localhost: ca.pem, server.pem, server.key in this "
      "folder. Without --scenario that is all");
  app.add_option("--scenario", options.scenario, "What exists and what goes wrong, YAML");
  app.add_option("--seed", options.seed, "Decides all that the scenario leaves open")->capture_default_str();
  app.add_option("--time-scale", options.time_scale, "Simulated seconds per real second")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  app.add_option("--start", texts.start,
                 "Simulated time at the start, such as 2026-01-02T03:04:05Z; default: now");
  app.add_option("--journal", options.journal,
                 "Write the true history of every task to this file, one JSON a line");
  app.add_option("--requests", options.requests, "Write every request to this file, one JSON a line");
  app.add_option("--access-key", texts.access_keys, "ID:SECRET or ID:SECRET:TOKEN, who may ask; repeatable");
  app.add_option("--keys", options.keys,
                 "A file of such keys in place of --access-key, JSON, read again whenever it changes");
  app.add_option("--tasks", options.tasks, "So many tasks at once in the scenario's first group")
      ->check(CLI::Range(0, 10'000'000));
}

/// `HOST:PORT`, an IPv6 address in brackets.
bool read_listen(std::string_view text, Options& options) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  std::string_view host = text.substr(0, colon);
  const std::string_view port = text.substr(colon + 1);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  options.host = host;
  const auto [end, failure] = std::from_chars(port.data(), port.data() + port.size(), options.port);
  return failure == std::errc{} && end == port.data() + port.size() && !port.empty();
}

std::optional<AccessKey> read_access_key(std::string_view text) {
  const std::size_t first = text.find(':');
  if (first == std::string_view::npos || first == 0) return std::nullopt;
  const std::size_t second = text.find(':', first + 1);
  AccessKey key;
  key.id = text.substr(0, first);
  key.secret = Secret(std::string(text.substr(first + 1, second - first - 1)));
  if (second != std::string_view::npos) key.security_token = Secret(std::string(text.substr(second + 1)));
  if (key.secret.empty()) return std::nullopt;
  return key;
}

/// What is wrong, for a person; empty: nothing.
std::string convert(const Texts& texts, Options& options) {
  if (!read_listen(texts.listen, options))
    return fmt::format("--listen: '{}' is not HOST:PORT", texts.listen);
  options.tls = !texts.http;
  if (!texts.start.empty()) {
    options.start = parse_date(texts.start);
    if (!options.start)
      return fmt::format("--start: '{}' is not of the form 2026-01-02T03:04:05Z", texts.start);
  }
  for (const std::string& text : texts.access_keys) {
    const auto key = read_access_key(text);
    if (!key) return "--access-key must be ID:SECRET or ID:SECRET:TOKEN";
    options.access_keys.push_back(*key);
  }
  if (options.scenario.empty()) return options.make_ca.empty() ? "--scenario FILE is needed" : "";
  if (options.access_keys.empty() == options.keys.empty())
    return "either --access-key ID:SECRET or --keys FILE is needed: requests must be signed";
  if (options.tls && options.certificate_file.empty() && !options.make_ca.empty()) {
    options.certificate_file = options.make_ca + "/server.pem";
    options.key_file = options.make_ca + "/server.key";
  }
  if (options.tls && (options.certificate_file.empty() || options.key_file.empty())) {
    return "--tls-cert FILE and --tls-key FILE are needed, or --make-ca DIR, or --http";
  }
  return "";
}

}  // namespace

std::variant<Options, int> parse_options(int argc, const char* const* argv) {
  CLI::App app("A stand-in for Security Center: answers ListOperationProcess and ListOperationProcessDetail",
               "sas-simulator");
  Options options;
  Texts texts;
  declare(app, options, texts);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (const std::string wrong = convert(texts, options); !wrong.empty()) {
    std::cerr << "sas-simulator: " << wrong << '\n';
    return 2;
  }
  return options;
}

}  // namespace sas::simulator
