// SPDX-License-Identifier: Apache-2.0
#pragma once
// The operations source that asks the service itself.

#include <memory>

#include "cloud/operations_source.hpp"
#include "cloud/signed_client.hpp"

namespace sas::cloud {

/// `surroundings` must outlive the source. Throws std::invalid_argument where the target's endpoint is not an
/// origin
/// (`https://host[:port]`): settings have checked it.
std::unique_ptr<OperationsSource> make_operations_source(CallSettings settings,
                                                         std::shared_ptr<credentials::Provider> credentials,
                                                         Surroundings surroundings);

}  // namespace sas::cloud
