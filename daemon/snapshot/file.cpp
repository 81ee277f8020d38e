// SPDX-License-Identifier: Apache-2.0
#include "snapshot/file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "snapshot/layout.hpp"

namespace sas::snapshot {
namespace {

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

std::string advice(std::string_view path, int code) {
  const std::string folder = folder_of(std::string{path});
  switch (code) {
    case ENOENT:
      return fmt::format("; the folder {} must exist, create it", folder);
    case ENOTDIR:
      return fmt::format("; {} must be a folder", folder);
    case EACCES:
    case EPERM:
    case EROFS:
      return fmt::format("; the daemon's user must be able to write in the folder {} and to the file",
                         folder);
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return "; the file needs as much room again while it is written";
    default:
      return {};
  }
}

Error unusable(std::string_view path, std::string_view why) {
  return {.kind = ErrorKind::give_up,
          .cause = ErrorCause::configuration,
          .message = fmt::format("state file {}: {}", path, why)};
}

/// As many bytes as are written or read at a time.
constexpr std::size_t kBlock = 256UL * 1024;

}  // namespace

Result<std::optional<File>> File::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_APPEND | O_CLOEXEC | O_NONBLOCK);
  const int code = errno;
  if (descriptor >= 0) return std::optional<File>{File(path, descriptor)};
  if (code == ENOENT) return std::optional<File>{};
  return file_error(path, "cannot open", code);
}

Result<File> File::create(const std::string& path) {
  // What is there may be another's, or a link to somewhere.
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return file_error(path, "cannot replace", errno);
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
  if (descriptor < 0) return file_error(path, "cannot create", errno);
  return File(path, descriptor);
}

File::~File() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

File::File(File&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      torn_(std::exchange(other.torn_, false)) {}

File& File::operator=(File&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(torn_, other.torn_);
  return *this;
}

Result<std::string> File::read_all(std::uint64_t limit) const {
  struct stat status = {};
  if (::fstat(descriptor_, &status) != 0) return file_error(path_, "cannot look at it", errno);
  if (!S_ISREG(status.st_mode)) return unusable(path_, "this is not a regular file");
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > limit) {
    return unusable(path_, fmt::format("it has {} bytes, and a state file has at most {}", size, limit));
  }
  std::string text(size, '\0');
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t got =
        ::pread(descriptor_, text.data() + done, text.size() - done, static_cast<off_t>(done));
    if (got < 0) return file_error(path_, "cannot read", errno);
    if (got == 0) break;  // it became shorter meanwhile; what was read will say whether that matters
    done += static_cast<std::size_t>(got);
  }
  text.resize(done);
  return text;
}

Result<void> File::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0) return file_error(path_, "cannot write", errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> File::append_line(std::string line) {
  if (torn_) line.insert(line.begin(), '\n');
  const ssize_t written = ::write(descriptor_, line.data(), line.size());
  if (written < 0) return file_error(path_, "cannot write", errno);
  torn_ = static_cast<std::size_t>(written) != line.size();
  if (torn_) return file_error(path_, "cannot write", ENOSPC);
  return {};
}

Result<std::uint64_t> File::append_from(const File& other, std::uint64_t offset, std::uint64_t size) {
  std::string block(kBlock, '\0');
  std::uint64_t checksum = 0;
  for (const std::uint64_t end = offset + size; offset < end;) {
    const std::size_t wanted = std::min<std::uint64_t>(block.size(), end - offset);
    const ssize_t got = ::pread(other.descriptor_, block.data(), wanted, static_cast<off_t>(offset));
    if (got < 0) return file_error(other.path_, "cannot read", errno);
    if (got == 0) break;
    const std::string_view bytes{block.data(), static_cast<std::size_t>(got)};
    checksum = extend_checksum(checksum, bytes);
    const Result<void> written = append(bytes);
    if (!written) return written.error();
    offset += bytes.size();
  }
  return checksum;
}

Result<void> File::sync() const {
  if (::fsync(descriptor_) != 0) return file_error(path_, "cannot bring it to the disk", errno);
  return {};
}

Result<void> rename_file(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0)
    return file_error(from, fmt::format("cannot rename it to {}", to), errno);
  return {};
}

Result<void> sync_folder(const std::string& path) {
  const std::string folder = folder_of(path);
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return file_error(path, fmt::format("cannot open its folder {}", folder), errno);
  const int code = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  // Some file systems have nothing to sync in a folder, and say so.
  if (code != 0 && code != EINVAL)
    return file_error(path, fmt::format("cannot bring its folder {} to the disk", folder), code);
  return {};
}

Error file_error(std::string_view path, std::string_view what, int code) {
  return unusable(path,
                  fmt::format("{}: {}{}", what, std::generic_category().message(code), advice(path, code)));
}

}  // namespace sas::snapshot
