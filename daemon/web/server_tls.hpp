// SPDX-License-Identifier: Apache-2.0
#pragma once
// The server's certificate and what belongs to it, read again when its files change.

#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "runtime/logging.hpp"
#include "settings/web_config.hpp"
#include "web/file_text.hpp"
#include "web/tls_context.hpp"

namespace sas::web {

class ServerTls {
 public:
  /// Reads the files and makes all that a handshake needs. Relative paths begin at `folder`.
  static Result<std::shared_ptr<ServerTls>> load(const settings::TlsServer& settings,
                                                 const std::string& folder);

  /// For the next handshake. Looks whether the files have changed; where what they hold now is of no use, it
  /// says so once and keeps what it has.
  std::shared_ptr<TlsContext> current(runtime::Log& log);

  /// From the same settings and files, whatever these held when they were read.
  [[nodiscard]] bool is_like(const ServerTls& other) const;

  /// What a person should know though it works.
  [[nodiscard]] std::vector<std::string> warnings() const;

 private:
  ServerTls(const settings::TlsServer& settings, const std::string& folder);

  /// True: there is a new context.
  Result<bool> look();
  void complain(runtime::Log& log, const Error& error);

  settings::TlsServer settings_;
  FileText cert_;
  FileText key_;
  FileText client_ca_;
  bool is_stale_ = true;  // something has been read that no context was made of yet
  std::shared_ptr<TlsContext> context_;
  std::string complaint_;  // the last one, so that it is logged once
};

}  // namespace sas::web
