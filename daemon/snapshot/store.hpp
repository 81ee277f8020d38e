// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where the state of all targets is kept: one file, a section a target. Everything blocks; told() alone is
// quick enough for the loop's own thread.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "snapshot/section_text.hpp"
#include "snapshot/target_state.hpp"

namespace sas::snapshot {

/// Any function may be called from any thread. Those that change the whole file take their turns.
class Store {
 public:
  virtual ~Store() = default;

  /// What was kept; nothing where there is no file. Comes first: until it, or set_aside(), has succeeded, a
  /// write is refused, since it would replace what nobody has read; as it is where a file has come since.
  virtual Result<std::vector<TargetState>> load() = 0;

  /// Puts the section in the place of the target's old one, and leaves the other targets' as they are. After
  /// a failure the file is what it was before; only where its folder could not be brought to the disk, it is
  /// the new one, as long as the machine runs.
  virtual Result<void> write(const Section& section) = 0;

  /// Drops the sections of all other targets. Writes nothing where there are none.
  virtual Result<void> keep_only(const std::vector<std::string>& targets) = 0;

  /// This piece of news has reached those whom it concerns. Survives the process at once, and the machine
  /// soon; where it could not be written, it goes along with the next write. A number is never used again for
  /// the same target, whatever its endpoint: see TargetMark::last_number.
  virtual Result<void> told(std::string_view target, std::uint64_t number) = 0;

  /// Moves a file that cannot be read out of the way. Returns its new path. What was loaded is forgotten: the
  /// next write begins a new file.
  virtual Result<std::string> set_aside() = 0;
};

/// The file is `path`; beside it `path`.new exists while it is being written, and set_aside() moves it to
/// `path`.unreadable, or `path`.unreadable.1 and so on. Only the owner can read it (mode 0600).
std::unique_ptr<Store> make_file_store(std::string path);

}  // namespace sas::snapshot
