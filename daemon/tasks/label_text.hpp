// SPDX-License-Identifier: Apache-2.0
#pragma once
// Label values as the exposition formats want them: UTF-8, with backslash, quote and line feed escaped.
// Source: Prometheus exposition formats, text format details; OpenMetrics 1.0, section "Escaping".

#include <string>
#include <string_view>

namespace sas::tasks {

/// Appends `name="value"`. Bytes that are not UTF-8 become U+FFFD.
void append_label(std::string& text, std::string_view name, std::string_view value);

}  // namespace sas::tasks
