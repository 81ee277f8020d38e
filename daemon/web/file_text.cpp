// SPDX-License-Identifier: Apache-2.0
#include "web/file_text.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/time.hpp"
#include "runtime/clock.hpp"

namespace sas::web {
namespace {

constexpr std::size_t kRoom = 4096;
constexpr std::chrono::seconds kTick{2};  // of the coarsest file system

class OpenFile {
 public:
  // Without O_NONBLOCK, opening a pipe would wait for somebody to write to it.
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

/// Nothing, and errno, where reading fails.
bool read_all(int descriptor, std::string& text) {
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t count = ::read(descriptor, text.data() + size, text.size() - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
  }
  text.resize(size);
  return true;
}

// Two writes within one tick of the file system's clock leave the same time.
bool may_change_unnoticed(const struct stat& status) {
  const auto written =
      Time{std::chrono::seconds{status.st_mtim.tv_sec}} + Milliseconds{status.st_mtim.tv_nsec / 1'000'000};
  return runtime::wall_now() - written < kTick;
}

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

FileText::Version FileText::version_of(const struct stat& status) {
  return {.device = status.st_dev,
          .inode = status.st_ino,
          .size = status.st_size,
          .written = nanoseconds(status.st_mtim),
          .changed = nanoseconds(status.st_ctim)};
}

Error FileText::unusable(std::string_view why) const {
  return {.kind = ErrorKind::give_up,
          .cause = ErrorCause::configuration,
          .message = fmt::format("{} {}: {}", name_, path_, why)};
}

Result<bool> FileText::look() {
  if (path_.empty()) return false;
  struct stat status {};
  if (::stat(path_.c_str(), &status) == 0 && version_of(status) == version_) return false;
  version_ = {};
  const OpenFile file(path_);
  if (file.descriptor() < 0 || ::fstat(file.descriptor(), &status) != 0)
    return unusable(std::generic_category().message(errno));
  if (!S_ISREG(status.st_mode)) return unusable("is not a regular file");
  // In one piece, since growing would leave parts of a key behind; with room in case the file grows
  // meanwhile.
  std::string read(std::min(static_cast<std::size_t>(status.st_size) + kRoom, kLargestFile + 1), '\0');
  if (!read_all(file.descriptor(), read)) return unusable(std::generic_category().message(errno));
  const Secret text(std::move(read));  // wiped, whatever becomes of it
  if (text.reveal().size() > kLargestFile)
    return unusable(fmt::format("is larger than the {} bytes that are read", kLargestFile));
  is_open_to_all_ = (status.st_mode & S_IROTH) != 0;
  if (!may_change_unnoticed(status)) version_ = version_of(status);
  if (text == text_) return false;
  text_ = text;
  return true;
}

}  // namespace sas::web
