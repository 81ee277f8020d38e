// SPDX-License-Identifier: Apache-2.0
#include "web/web_config.hpp"

#include <filesystem>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "web/file_text.hpp"

namespace sas::web {
namespace {

Error mistaken(const std::vector<settings::Mistake>& mistakes, const std::string& path) {
  Error error{.kind = ErrorKind::give_up, .cause = ErrorCause::configuration, .message = {}};
  for (const settings::Mistake& mistake : mistakes) {
    if (!error.message.empty()) error.message += '\n';
    error.message += to_string(mistake, path);
  }
  return error;
}

// `X-Content-Type-Options: nosniff`, the only value it can have, stands in every head anyway.
std::string header_lines(const std::vector<settings::Header>& headers) {
  std::string lines;
  for (const settings::Header& header : headers) {
    if (header.name != "X-Content-Type-Options")
      lines += fmt::format("{}: {}\r\n", header.name, header.value);
  }
  return lines;
}

}  // namespace

Result<std::shared_ptr<WebConfig>> load_web_config(const std::string& path) {
  auto loaded = std::make_shared<WebConfig>();
  if (path.empty()) return loaded;
  FileText file("--web.config.file", path);
  if (const Result<bool> read = file.look(); !read) return read.error();
  auto parsed = settings::parse_web_config(file.text().reveal());
  if (const auto* mistakes = std::get_if<std::vector<settings::Mistake>>(&parsed))
    return mistaken(*mistakes, path);
  auto& values = std::get<settings::WebConfig>(parsed);
  if (values.tls) {
    auto tls = ServerTls::load(*values.tls, std::filesystem::path(path).parent_path().string());
    if (!tls) {
      Error error = tls.error();
      error.message = fmt::format("{}: {}", path, error.message);
      return error;
    }
    loaded->tls = std::move(*tls);
    loaded->warnings = loaded->tls->warnings();
  }
  loaded->users = std::move(values.users);
  loaded->rate_limit = values.rate_limit;
  loaded->header_lines = header_lines(values.headers);
  return loaded;
}

}  // namespace sas::web
