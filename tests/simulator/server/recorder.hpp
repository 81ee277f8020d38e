// SPDX-License-Identifier: Apache-2.0
#pragma once
// The files that a simulator leaves behind: the journal of what was true, and the log of what was asked.

#include <fstream>
#include <string>

#include "simulator/service/counts.hpp"
#include "simulator/world/journal.hpp"

namespace sas::simulator {

class Recorder {
 public:
  /// Empty names: that file is not written. Throws std::runtime_error where one cannot be.
  Recorder(World& world, const std::string& journal_file, const std::string& requests_file);

  /// Writes what has happened until `now`. Called before each answer, so that no answer is ahead of the
  /// journal.
  void record_steps(Time now);
  void record(const Exchange& exchange, const Now& now);

 private:
  Journal journal_;
  std::ofstream journal_out_;
  std::ofstream requests_out_;
};

}  // namespace sas::simulator
