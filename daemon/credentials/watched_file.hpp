// SPDX-License-Identifier: Apache-2.0
#pragma once
// A small secret file that is read again only when it has changed.

#include <cstddef>
#include <string>

#include <sys/stat.h>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace sas::credentials {

constexpr std::size_t kLargestKey = 64UL * 1024;  // a security token has some kilobytes at most

class WatchedFile {
 public:
  explicit WatchedFile(std::string path, std::size_t largest = kLargestKey)
      : path_(std::move(path)), largest_(largest) {}

  [[nodiscard]] const std::string& path() const { return path_; }

  /// What it holds now, without white space around it. An error names the file where it is missing,
  /// unreadable, empty, or too large to be a key; it is tried again next time.
  Result<Secret> read();

 private:
  // What changes when the content does, also when the file is replaced by renaming or through a symbolic
  // link, as in Kubernetes.
  struct Version {
    dev_t device{};
    ino_t inode{};
    off_t size{};
    long seconds{};
    long nanoseconds{};

    friend bool operator==(const Version&, const Version&) = default;
  };
  static Version version_of(const struct stat& status);

  std::string path_;
  std::size_t largest_;  // bytes
  Version version_;
  Secret content_;  // empty: not read yet
};

}  // namespace sas::credentials
