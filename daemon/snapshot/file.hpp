// SPDX-License-Identifier: Apache-2.0
#pragma once
// Blocking file operations whose errors say which file, why, and what would be right.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace sas::snapshot {

/// An open file that is read anywhere and written at its end. What was opened stays what it is under another
/// name, or none.
class File {
 public:
  /// Nothing where there is no file, or not even its folder.
  static Result<std::optional<File>> open(const std::string& path);

  /// A new file, for its owner alone, in place of any that is there.
  static Result<File> create(const std::string& path);

  ~File();
  File(File&& other) noexcept;
  File& operator=(File&& other) noexcept;

  /// Refuses more than `limit` bytes.
  [[nodiscard]] Result<std::string> read_all(std::uint64_t limit) const;

  Result<void> append(std::string_view bytes);

  /// Appends a line by one write(2). Where a line before it was torn, it begins a new one.
  Result<void> append_line(std::string line);
  void expect_torn_line() { torn_ = true; }

  /// Appends a range of another file, and returns the checksum of it.
  Result<std::uint64_t> append_from(const File& other, std::uint64_t offset, std::uint64_t size);

  /// Brings it to the disk.
  Result<void> sync() const;

 private:
  File(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}

  std::string path_;  // when it was opened; for messages
  int descriptor_;
  bool torn_ = false;  // what was written last does not end in a line feed
};

/// Puts a file in the place of another, at once for everybody.
Result<void> rename_file(const std::string& from, const std::string& to);

/// Brings the names in the file's folder to the disk.
Result<void> sync_folder(const std::string& path);

/// What errno says about a file: `state file /x: cannot write: No space left on device; …`.
Error file_error(std::string_view path, std::string_view what, int code);

}  // namespace sas::snapshot
