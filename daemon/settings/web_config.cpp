// SPDX-License-Identifier: Apache-2.0
#include "settings/web_config.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "settings/document.hpp"
#include "settings/node_reader.hpp"
#include "settings/text.hpp"
#include "settings/tls_server.hpp"
#include "settings/web_config_checks.hpp"

namespace sas::settings {
namespace {

void read_header(NodeReader& reader, std::vector<Header>& headers, const std::string& name, Position at,
                 const Place& place) {
  if (const auto problem = check_header_name(name)) {
    reader.tell(at, place.name, problem->text);
    return;
  }
  if (place.node.kind == Node::Kind::nothing) return;
  const auto value = reader.text(place);
  if (!value) return;
  if (const auto problem = check_header_value(name, *value)) {
    reader.tell(place.node.at, place.name, fmt::format("{} {}", in_quotes(*value), problem->text));
  } else if (!value->empty()) {
    headers.push_back({.name = name, .value = *value});
  }
}

void read_http(NodeReader& reader, WebConfig& config, const Place& place) {
  const auto http2 = [&](const Place& here) { reader.value(here, {.type = Type::boolean}); };
  const auto headers = [&](const Place& here) {
    reader.entries(here, "a mapping of headers",
                   [&](const std::string& name, Position at, const Place& value) {
                     read_header(reader, config.headers, name, at, value);
                   });
  };
  reader.fields(place, {{"http2", http2}, {"headers", headers}});
}

// Neither the hash nor what stands in its place by mistake is ever shown: it may be the password.
void read_user(NodeReader& reader, std::vector<User>& users, const std::string& name, Position at,
               const Place& place) {
  if (name.find(':') != std::string::npos || has_control_character(name)) {
    reader.tell(at, place.name,
                "can never log in: the name of a user holds neither a colon nor a control character");
    return;
  }
  std::optional<std::string> hash = std::string();
  if (place.node.kind != Node::Kind::nothing) hash = reader.text(place);
  if (!hash) return;
  if (const auto problem = check_bcrypt_hash(*hash)) {
    reader.tell(place.node.at, place.name, "the value " + problem->text);
  } else {
    users.push_back({.name = name, .hash = Secret{std::move(*hash)}});
  }
}

void read_rate_limit(NodeReader& reader, WebConfig& config, const Place& place) {
  RateLimit limit;
  const auto interval = [&](const Place& here) {
    const auto text = reader.text(here);
    if (!text) return;
    const auto read = read_go_duration(*text);
    if (const auto* problem = std::get_if<Problem>(&read)) {
      reader.tell(here.node.at, here.name, fmt::format("{} {}", in_quotes(*text), problem->text));
    } else {
      limit.interval = std::get<std::chrono::nanoseconds>(read);
    }
  };
  const auto burst = [&](const Place& here) {
    const auto read = reader.value(here, {.type = Type::integer, .lowest = "0", .highest = "1000000"});
    if (read) limit.burst = std::get<std::int64_t>(*read);
  };
  const std::size_t told = reader.mistakes.size();
  reader.fields(place, {{"interval", interval}, {"burst", burst}});
  if (reader.mistakes.size() != told || limit.interval.count() == 0) return;
  if (limit.burst == 0) {
    reader.tell(reader.given(place.name + ".burst").value_or(place.node.at), place.name + ".burst",
                "lets no request through at all; write how many may come at once, 1 at least");
  }
  config.rate_limit = limit;
}

std::string_view unsupported(std::string_view key) {
  if (key == "basic_auth_excluded_paths" || key == "auth_excluded_paths")
    return "is not supported; web.health_without_auth opens /-/healthy and /-/ready, and nothing else is "
           "open";
  return {};
}

void read_file(NodeReader& reader, WebConfig& config, const Node& root) {
  const auto tls = [&](const Place& here) { config.tls = read_tls_server(reader, here); };
  const auto http = [&](const Place& here) { read_http(reader, config, here); };
  const auto users = [&](const Place& here) {
    reader.entries(here, "a mapping of names to hashes",
                   [&](const std::string& name, Position at, const Place& hash) {
                     read_user(reader, config.users, name, at, hash);
                   });
  };
  const auto rate = [&](const Place& here) { read_rate_limit(reader, config, here); };
  reader.fields({root, ""},
                {{"tls_server_config", tls},
                 {"http_server_config", http},
                 {"basic_auth_users", users},
                 {"rate_limit", rate}},
                unsupported);
}

}  // namespace

std::variant<WebConfig, std::vector<Mistake>> parse_web_config(std::string_view yaml) {
  const auto loaded = load(yaml);
  if (const auto* mistake = std::get_if<Mistake>(&loaded)) return std::vector{*mistake};
  const Node* root = std::get<Document>(loaded).root;
  WebConfig config;
  if (root == nullptr) return config;
  NodeReader reader;
  read_file(reader, config, *root);
  if (reader.mistakes.empty()) return config;
  std::stable_sort(reader.mistakes.begin(), reader.mistakes.end(),
                   [](const Mistake& left, const Mistake& right) { return left.at < right.at; });
  return std::move(reader.mistakes);
}

}  // namespace sas::settings
