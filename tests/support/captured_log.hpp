// SPDX-License-Identifier: Apache-2.0
#pragma once
// A log that a test can read.

#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include "runtime/logging.hpp"

namespace sas::support {

class CapturedLog {
 public:
  explicit CapturedLog(runtime::Level least = runtime::Level::info)
      : log_(std::make_shared<spdlog::logger>("captured",
                                              std::make_shared<spdlog::sinks::ostream_sink_st>(text_)),
             least, runtime::Layout::logfmt) {}

  runtime::Log& log() { return log_; }

  /// The lines so far, without their time stamps.
  [[nodiscard]] std::vector<std::string> lines() const {
    std::vector<std::string> lines;
    std::istringstream in(text_.str());
    for (std::string line; std::getline(in, line);)
      lines.push_back(line.substr(line.find(' ') + 1));
    return lines;
  }

 private:
  std::ostringstream text_;
  runtime::Log log_;
};

}  // namespace sas::support
