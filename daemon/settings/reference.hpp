// SPDX-License-Identifier: Apache-2.0
#pragma once
// What people read about the configuration, written from the schema so that it cannot be out of date.

#include <string>

namespace sas::settings {

/// config/reference.md: every key with type, default, bounds and sentence, in Markdown.
std::string reference();

/// config/sas-operation-exporter.yml: every key, commented out, with its default. Without the `#` that stand
/// before keys it is a valid file that says what the defaults say.
std::string commented_default();

}  // namespace sas::settings
