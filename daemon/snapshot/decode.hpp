// SPDX-License-Identifier: Apache-2.0
#pragma once
// Reads the text of a state file.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "snapshot/layout.hpp"
#include "snapshot/target_state.hpp"

namespace sas::snapshot {

/// A piece of news has been told.
struct Acknowledgement {
  std::string target;
  std::uint64_t number = 0;
};

/// All that is in a state file.
struct Contents {
  std::vector<TargetState> targets;    // their news still whole
  std::vector<SectionPlace> sections;  // of each target, in the same order
  std::vector<Acknowledgement> told;
};

/// Refuses the whole file for anything that is not as it was written: an error that says in which line, and
/// what should be there. Only of acknowledgements are those left out that cannot be read: one may have been
/// torn, and the worst that comes of it is that something is told again.
Result<Contents> read_contents(std::string_view text);

/// The states, without the news that was told.
std::vector<TargetState> without_told(std::vector<TargetState> targets,
                                      const std::vector<Acknowledgement>& told);

/// Both in one.
Result<std::vector<TargetState>> decode(std::string_view text);

}  // namespace sas::snapshot
