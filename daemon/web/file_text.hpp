// SPDX-License-Identifier: Apache-2.0
#pragma once
// A file of the web configuration, read whole, and read again where it has changed.

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include <sys/stat.h>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace sas::web {

constexpr std::size_t kLargestFile = 1024UL * 1024;

class FileText {
 public:
  /// `name` is what messages call it: `cert_file`. An empty path stands for an empty text.
  FileText(std::string name, std::string path) : name_(std::move(name)), path_(std::move(path)) {}

  /// Whether the text is another than before. Asks the file system only for the file's state unless that has
  /// changed, or had changed so shortly before it was read that more might follow unnoticed. An error names
  /// the file where it cannot be read, and leaves the text as it is; the next look tries again.
  Result<bool> look();

  [[nodiscard]] const Secret& text() const { return text_; }
  [[nodiscard]] const std::string& path() const { return path_; }

  /// Of the file as last read: everybody on this machine may read it.
  [[nodiscard]] bool is_open_to_all() const { return is_open_to_all_; }

 private:
  // What changes when the content does, also when the file is replaced by renaming or through a symbolic
  // link, as in Kubernetes.
  struct Version {
    dev_t device{};
    ino_t inode{};
    off_t size{};
    std::int64_t written = 0;  // nanoseconds
    std::int64_t changed = 0;

    friend bool operator==(const Version&, const Version&) = default;
  };
  static Version version_of(const struct stat& status);

  [[nodiscard]] Error unusable(std::string_view why) const;

  std::string name_;
  std::string path_;
  Version version_;
  Secret text_;
  bool is_open_to_all_ = false;
};

}  // namespace sas::web
