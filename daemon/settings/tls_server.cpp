// SPDX-License-Identifier: Apache-2.0
#include "settings/tls_server.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "settings/text.hpp"
#include "settings/web_config_checks.hpp"

namespace sas::settings {
namespace {

constexpr std::array<std::string_view, 6> kClientAuth{"NoClientCert",
                                                      "RequestClientCert",
                                                      "RequireAnyClientCert",
                                                      "VerifyClientCertIfGiven",
                                                      "RequireAndVerifyClientCert",
                                                      "RequireClientCert"};
constexpr std::size_t kOldRequireAny = 5;  // what RequireAnyClientCert was called once

constexpr std::array<std::string_view, 2> kVersions{"TLS12", "TLS13"};

using Naming = std::variant<std::string_view, Problem> (*)(std::string_view);

class TlsReader {
 public:
  TlsReader(NodeReader& reader, const Place& place) : reader_(reader), place_(place) {}

  std::optional<TlsServer> read();

 private:
  auto text(std::string TlsServer::*member);
  auto version(TlsVersion TlsServer::*member);
  auto names(std::vector<std::string> TlsServer::*member, Naming naming);
  auto key();
  auto client_auth();
  auto client_allowed_sans();
  auto prefer_server_cipher_suites();

  void check_pair(std::string_view key, bool has_text, bool has_file, bool is_needed);
  void check_clients();
  void check_versions();
  void tell(std::string_view key, std::string problem);

  NodeReader& reader_;
  const Place& place_;
  TlsServer tls_;
};

auto TlsReader::text(std::string TlsServer::*member) {
  return [this, member](const Place& here) {
    if (auto given = reader_.text(here)) tls_.*member = std::move(*given);
  };
}

auto TlsReader::key() {
  return [this](const Place& here) {
    if (auto given = reader_.text(here)) tls_.key = Secret{std::move(*given)};
  };
}

auto TlsReader::version(TlsVersion TlsServer::*member) {
  return [this, member](const Place& here) {
    if (here.node.text == "TLS10" || here.node.text == "TLS11") {
      reader_.tell(here.node.at, here.name,
                   fmt::format("'{}' is too old to be safe and is not supported; write TLS12 or TLS13",
                               here.node.text));
    } else if (const auto word = reader_.value(here, {.type = Type::word, .words = kVersions})) {
      tls_.*member = static_cast<TlsVersion>(std::get<Word>(*word).index);
    }
  };
}

auto TlsReader::names(std::vector<std::string> TlsServer::*member, Naming naming) {
  return [this, member, naming](const Place& here) {
    reader_.items(here, [&](const std::string& name, const Place& item) {
      const auto found = naming(name);
      if (const auto* problem = std::get_if<Problem>(&found)) {
        reader_.tell(item.node.at, item.name, fmt::format("{} {}", in_quotes(name), problem->text));
      } else if (const auto ours = std::get<std::string_view>(found); !ours.empty()) {
        (tls_.*member).emplace_back(ours);
      }
    });
  };
}

auto TlsReader::client_auth() {
  return [this](const Place& here) {
    if (here.node.kind == Node::Kind::scalar && here.node.text.empty()) return;  // as if it were not there
    const auto word = reader_.value(here, {.type = Type::word, .words = kClientAuth});
    if (!word) return;
    const std::size_t index = std::get<Word>(*word).index;
    tls_.client_auth =
        index == kOldRequireAny ? ClientAuth::require_any_client_cert : static_cast<ClientAuth>(index);
  };
}

auto TlsReader::client_allowed_sans() {
  return [this](const Place& here) {
    reader_.items(here,
                  [&](const std::string& name, const Place&) { tls_.client_allowed_sans.push_back(name); });
  };
}

auto TlsReader::prefer_server_cipher_suites() {
  return [this](const Place& here) {
    if (const auto given = reader_.value(here, {.type = Type::boolean}))
      tls_.prefer_server_ciphers = std::get<bool>(*given);
  };
}

std::optional<TlsServer> TlsReader::read() {
  if (place_.node.kind == Node::Kind::map && place_.node.entries.empty()) return std::nullopt;
  const std::size_t told = reader_.mistakes.size();
  reader_.fields(place_, {{"cert", text(&TlsServer::cert)},
                          {"key", key()},
                          {"client_ca", text(&TlsServer::client_ca)},
                          {"cert_file", text(&TlsServer::cert_file)},
                          {"key_file", text(&TlsServer::key_file)},
                          {"client_auth_type", client_auth()},
                          {"client_ca_file", text(&TlsServer::client_ca_file)},
                          {"client_allowed_sans", client_allowed_sans()},
                          {"min_version", version(&TlsServer::min_version)},
                          {"max_version", version(&TlsServer::max_version)},
                          {"cipher_suites", names(&TlsServer::ciphers, cipher_named)},
                          {"prefer_server_cipher_suites", prefer_server_cipher_suites()},
                          {"curve_preferences", names(&TlsServer::groups, curve_named)}});
  if (reader_.mistakes.size() != told) return std::nullopt;
  check_pair("cert", !tls_.cert.empty(), !tls_.cert_file.empty(), true);
  check_pair("key", !tls_.key.empty(), !tls_.key_file.empty(), true);
  check_pair("client_ca", !tls_.client_ca.empty(), !tls_.client_ca_file.empty(), false);
  check_clients();
  check_versions();
  return std::move(tls_);
}

void TlsReader::tell(std::string_view key, std::string problem) {
  const std::string name = fmt::format("{}.{}", place_.name, key);
  reader_.tell(reader_.given(name).value_or(place_.node.at), name, std::move(problem));
}

void TlsReader::check_pair(std::string_view key, bool has_text, bool has_file, bool is_needed) {
  if (has_text && has_file) {
    tell(key, fmt::format("stands here and in {0}_file as well; keep one of the two", key));
  } else if (is_needed && !has_text && !has_file) {
    tell(fmt::format("{}_file", key),
         fmt::format("is missing; TLS needs it, or {} with the PEM text itself", key));
  }
}

void TlsReader::check_clients() {
  const bool has_authority = !tls_.client_ca.empty() || !tls_.client_ca_file.empty();
  if (has_authority && tls_.client_auth == ClientAuth::no_client_cert) {
    tell(tls_.client_ca.empty() ? "client_ca_file" : "client_ca",
         "has no effect while no certificate is asked for; set client_auth_type: RequireAndVerifyClientCert");
  }
  if (!reader_.given(place_.name + ".client_allowed_sans")) return;
  if (tls_.client_allowed_sans.empty()) {
    tell("client_allowed_sans", "is empty, so nobody could connect; list names, or leave it out");
  } else if (tls_.client_auth != ClientAuth::require_any_client_cert &&
             tls_.client_auth != ClientAuth::require_and_verify_client_cert) {
    tell("client_allowed_sans",
         "needs client_auth_type: RequireAndVerifyClientCert (or RequireAnyClientCert): otherwise a client "
         "without a "
         "certificate would be let in");
  }
}

void TlsReader::check_versions() {
  if (tls_.max_version < tls_.min_version) {
    tell("max_version", "is below min_version, so nobody could connect");
    return;
  }
  const auto suites = reader_.given(place_.name + ".cipher_suites");
  if (!suites || !tls_.ciphers.empty() || tls_.min_version == TlsVersion::tls13) return;
  // All that are listed are of TLS 1.3, so there is none to speak TLS 1.2 with; an empty list is Go's choice.
  const bool is_empty = std::none_of(
      place_.node.entries.begin(), place_.node.entries.end(),
      [](const Entry& entry) { return entry.key->text == "cipher_suites" && !entry.value->items.empty(); });
  if (is_empty) return;
  if (tls_.max_version == TlsVersion::tls12)
    tell("cipher_suites", "holds none of TLS 1.2, so nobody could connect");
  tls_.min_version = TlsVersion::tls13;
}

}  // namespace

std::optional<TlsServer> read_tls_server(NodeReader& reader, const Place& place) {
  return TlsReader(reader, place).read();
}

}  // namespace sas::settings
