// SPDX-License-Identifier: Apache-2.0
#include "policy/lookup.hpp"

namespace sas::policy {

std::vector<std::vector<std::string>> lookup_batches(const std::vector<std::string>& ids,
                                                     const LookupLimits& limits) {
  std::vector<std::vector<std::string>> batches;
  std::size_t bytes = 0;
  for (const std::string& id : ids) {
    const std::size_t cost = 3 * id.size();
    if (batches.empty() || batches.back().size() >= limits.max_ids || bytes + cost > limits.max_bytes) {
      batches.emplace_back();
      bytes = 0;
    }
    batches.back().push_back(id);
    bytes += cost;
  }
  return batches;
}

}  // namespace sas::policy
