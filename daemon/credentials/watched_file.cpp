// SPDX-License-Identifier: Apache-2.0
#include "credentials/watched_file.hpp"

#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/time.hpp"
#include "runtime/clock.hpp"

namespace sas::credentials {
namespace {

constexpr std::string_view kWhiteSpace = " \t\r\n";
constexpr std::chrono::seconds kTick{2};  // of the coarsest file system

class OpenFile {
 public:
  explicit OpenFile(const std::string& path)
      : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

Error unusable(const std::string& path, std::string_view why) {
  return {.kind = ErrorKind::give_up,
          .cause = ErrorCause::configuration,
          .message = fmt::format("credentials file {}: {}", path, why)};
}

Error failed(const std::string& path) {
  return unusable(path, std::generic_category().message(errno));
}

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(kWhiteSpace);
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(kWhiteSpace) - begin + 1);
}

// Two writes within one tick of the file system's clock leave the same time.
bool may_change_unnoticed(const struct stat& status) {
  const auto written =
      Time{std::chrono::seconds{status.st_mtim.tv_sec}} + Milliseconds{status.st_mtim.tv_nsec / 1'000'000};
  return runtime::wall_now() - written < kTick;
}

}  // namespace

WatchedFile::Version WatchedFile::version_of(const struct stat& status) {
  return {.device = status.st_dev,
          .inode = status.st_ino,
          .size = status.st_size,
          .seconds = status.st_mtim.tv_sec,
          .nanoseconds = status.st_mtim.tv_nsec};
}

Result<Secret> WatchedFile::read() {
  struct stat status {};
  if (::stat(path_.c_str(), &status) != 0) return failed(path_);
  if (!content_.empty() && version_of(status) == version_) return content_;

  content_ = Secret();
  const OpenFile file(path_);
  if (file.descriptor() < 0 || ::fstat(file.descriptor(), &status) != 0) return failed(path_);
  if (!S_ISREG(status.st_mode)) return unusable(path_, "not a regular file");
  std::string text(largest_ + 1, '\0');
  const ssize_t count = ::read(file.descriptor(), text.data(), text.size());
  if (count < 0) return failed(path_);
  if (static_cast<std::size_t>(count) > largest_)
    return unusable(path_, fmt::format("larger than the {} bytes that are read", largest_));
  text.resize(static_cast<std::size_t>(count));
  Secret content(trimmed(text));
  const Secret wiped(std::move(text));
  if (content.empty()) return unusable(path_, "empty");
  content_ = content;
  version_ = may_change_unnoticed(status) ? Version{} : version_of(status);
  return content;
}

}  // namespace sas::credentials
