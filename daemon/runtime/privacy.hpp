// SPDX-License-Identifier: Apache-2.0
#pragma once
// What keeps the memory of this process, keys included, to itself.

namespace sas::runtime {

/// No core file, and no debugger of another process of the same user: both would show the keys.
/// See prctl(2), PR_SET_DUMPABLE.
void keep_memory_private();

}  // namespace sas::runtime
