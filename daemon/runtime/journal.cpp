// SPDX-License-Identifier: Apache-2.0
#include "runtime/journal.hpp"

#include <cstdlib>

#include <fmt/format.h>
#include <sys/stat.h>

namespace sas::runtime {

bool is_journal(int descriptor) {
  const char* stream = std::getenv("JOURNAL_STREAM");  // NOLINT(concurrency-mt-unsafe): nobody sets it
  struct stat status {};
  if (stream == nullptr || ::fstat(descriptor, &status) != 0) return false;
  return fmt::format("{}:{}", status.st_dev, status.st_ino) == stream;
}

}  // namespace sas::runtime
