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

/// config/sas-operation-exporter.schema.json, for editors: JSON Schema draft 7, which those that know YAML
/// know best. It takes what the parser takes, as far as it can know: not what the environment holds, nor what
/// another element of a list says.
std::string json_schema();

}  // namespace sas::settings
