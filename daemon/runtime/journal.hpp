// SPDX-License-Identifier: Apache-2.0
#pragma once
// Whether what we write goes straight to systemd's journal.

namespace sas::runtime {

/// The descriptor is the stream that $JOURNAL_STREAM names, and not something that it was redirected to; see
/// systemd.exec(5).
bool is_journal(int descriptor);

}  // namespace sas::runtime
