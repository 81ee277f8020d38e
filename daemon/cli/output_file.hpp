// SPDX-License-Identifier: Apache-2.0
#pragma once
// A file that is there whole or not at all, however soon somebody reads it.

#include <optional>
#include <string>
#include <string_view>

namespace sas::cli {

/// Writes beside `path`, under a name that node_exporter's textfile collector does not read, and renames.
/// Whoever may read what the umask leaves may read it. What went wrong, if something did: then `path` is what
/// it was before.
std::optional<std::string> write_output_file(const std::string& path, std::string_view text);

}  // namespace sas::cli
