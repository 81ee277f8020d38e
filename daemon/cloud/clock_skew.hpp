// SPDX-License-Identifier: Apache-2.0
#pragma once
// How far the service's clock is ahead of ours, as far as its Date header tells.

#include "base/time.hpp"

namespace sas::cloud {

/// The smallest skew that explains `date`, which has whole seconds, in the answer to a request sent at `sent`
/// and answered at `received` by our clock: zero where no skew is needed. Positive: the service is ahead.
Milliseconds clock_skew(Time date, Time sent, Time received);

}  // namespace sas::cloud
