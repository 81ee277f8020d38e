// SPDX-License-Identifier: Apache-2.0
#include "web/server_tls.hpp"

#include <filesystem>
#include <utility>

#include <fmt/format.h>

namespace sas::web {
namespace {

std::string below(const std::string& folder, const std::string& file) {
  return file.empty() ? file : (std::filesystem::path(folder) / file).string();
}

/// The text that stands in the configuration itself goes where there is no file.
Secret text_of(const FileText& file, const Secret& written) {
  return file.path().empty() ? written : file.text();
}

}  // namespace

ServerTls::ServerTls(const settings::TlsServer& settings, const std::string& folder)
    : settings_(settings),
      cert_("cert_file", below(folder, settings.cert_file)),
      key_("key_file", below(folder, settings.key_file)),
      client_ca_("client_ca_file", below(folder, settings.client_ca_file)) {}

Result<std::shared_ptr<ServerTls>> ServerTls::load(const settings::TlsServer& settings,
                                                   const std::string& folder) {
  std::shared_ptr<ServerTls> loaded(new ServerTls(settings, folder));
  const Result<bool> read = loaded->look();
  if (!read) return read.error();
  return loaded;
}

Result<bool> ServerTls::look() {
  for (FileText* file : {&cert_, &key_, &client_ca_}) {
    const Result<bool> changed = file->look();
    if (!changed) return changed.error();
    is_stale_ = is_stale_ || *changed;
  }
  if (!is_stale_) return false;
  is_stale_ = false;  // whatever comes of it: the same texts would fail in the same way again
  auto made = TlsContext::make(settings_, {.cert = text_of(cert_, Secret(settings_.cert)),
                                           .key = text_of(key_, settings_.key),
                                           .client_ca = text_of(client_ca_, Secret(settings_.client_ca))});
  if (!made) {
    Error error = made.error();
    error.message = fmt::format("tls_server_config ({}): {}", cert_.path().empty() ? "cert" : cert_.path(),
                                error.message);
    return error;
  }
  context_ = std::move(*made);
  return true;
}

std::shared_ptr<TlsContext> ServerTls::current(runtime::Log& log) {
  const Result<bool> renewed = look();
  if (!renewed) {
    complain(log, renewed.error());
  } else if (*renewed) {
    complaint_.clear();
    log.info("the certificate was read again", {{"file", cert_.path()}});
  }
  return context_;
}

void ServerTls::complain(runtime::Log& log, const Error& error) {
  if (error.message == complaint_) return;
  complaint_ = error.message;
  log.warn("the new certificate is of no use; the one before stays", {{"reason", error.message}});
}

bool ServerTls::is_like(const ServerTls& other) const {
  return settings_ == other.settings_ && cert_.path() == other.cert_.path() &&
         key_.path() == other.key_.path() && client_ca_.path() == other.client_ca_.path();
}

std::vector<std::string> ServerTls::warnings() const {
  if (!key_.is_open_to_all()) return {};
  return {fmt::format("key_file {}: every user of this machine can read it; take that away with chmod o-r",
                      key_.path())};
}

}  // namespace sas::web
