// SPDX-License-Identifier: Apache-2.0
#pragma once
// How much freed memory the process keeps for its next use.

namespace sas::runtime {

/// Keeps up to 2 MiB at the top of the heap. The buffers of each page come and go there; handing them to the
/// kernel and taking them back, page fault by page fault, is a tenth of a poll's cost.
void keep_freed_memory();

}  // namespace sas::runtime
