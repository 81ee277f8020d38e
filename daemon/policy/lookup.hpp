// SPDX-License-Identifier: Apache-2.0
#pragma once
// How many tasks to ask for by id in one call: as many as a page holds and a URL bears.

#include <cstddef>
#include <string>
#include <vector>

namespace sas::policy {

/// Neither is documented. 4 KiB of ids stay well below what common gateways accept as a request line.
struct LookupLimits {
  std::size_t max_ids = 100;
  std::size_t max_bytes = 4096;  // of ids, percent-encoded at the worst
};

/// The ids in their order, in batches within the limits. An id over max_bytes gets a batch of its own.
std::vector<std::vector<std::string>> lookup_batches(const std::vector<std::string>& ids,
                                                     const LookupLimits& limits);

}  // namespace sas::policy
