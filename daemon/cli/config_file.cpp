// SPDX-License-Identifier: Apache-2.0
#include "cli/config_file.hpp"

#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

#include <fmt/format.h>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "settings/document.hpp"

namespace sas::cli {
namespace {

Error unreadable(int number) {
  return {.kind = ErrorKind::give_up,
          .cause = ErrorCause::configuration,
          .message = fmt::format("cannot be read: {}; --config.file names another file",
                                 std::generic_category().message(number))};
}

/// A secret, since passwords may stand in it. Reads one byte more than is allowed, so that too much is seen.
Result<Secret> read(const std::string& file) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream{std::fopen(file.c_str(), "rb"), &std::fclose};
  if (!stream) return unreadable(errno);
  std::string text(settings::kMaxFileSize + 1, '\0');
  const std::size_t size = std::fread(text.data(), 1, text.size(), stream.get());
  if (std::ferror(stream.get()) != 0) return unreadable(errno);
  text.resize(size);
  return Secret{std::move(text)};
}

}  // namespace

std::variant<settings::Settings, Refusal> load_settings(const std::string& file,
                                                        const settings::Environment& environment) {
  const Result<Secret> text = read(file);
  if (!text) return Refusal{fmt::format("{}: {}\n", file, text.error().message)};
  if (text->reveal().size() > settings::kMaxFileSize) {
    return Refusal{fmt::format("{}: is larger than {} bytes, which is the most that is read\n", file,
                               settings::kMaxFileSize)};
  }
  auto parsed = settings::parse(text->reveal(), environment);
  if (auto* settings = std::get_if<settings::Settings>(&parsed)) return std::move(*settings);
  Refusal refusal;
  for (const settings::Mistake& mistake : std::get<std::vector<settings::Mistake>>(parsed)) {
    refusal.lines += to_string(mistake, file) + '\n';
  }
  return refusal;
}

}  // namespace sas::cli
