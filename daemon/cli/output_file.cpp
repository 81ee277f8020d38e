// SPDX-License-Identifier: Apache-2.0
#include "cli/output_file.hpp"

#include <cerrno>
#include <fstream>
#include <system_error>

#include <fmt/format.h>
#include <unistd.h>

namespace sas::cli {
namespace {

std::string problem(const std::string& path, std::string_view what, int code) {
  return fmt::format("{}: {}: {}; its folder must exist, be writable and have room", path, what,
                     std::generic_category().message(code));
}

}  // namespace

std::optional<std::string> write_output_file(const std::string& path, std::string_view text) {
  const std::string aside = fmt::format("{}.{}.new", path, ::getpid());
  errno = 0;
  std::ofstream file(aside, std::ios::binary | std::ios::trunc);
  if (!file) return problem(aside, "cannot create", errno);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  std::optional<std::string> failure;
  if (!file) {
    failure = problem(aside, "cannot write", errno);
  } else if (std::rename(aside.c_str(), path.c_str()) != 0) {
    failure = problem(path, "cannot replace", errno);
  }
  if (failure) ::unlink(aside.c_str());
  return failure;
}

}  // namespace sas::cli
