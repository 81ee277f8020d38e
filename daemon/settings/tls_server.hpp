// SPDX-License-Identifier: Apache-2.0
#pragma once
// The `tls_server_config` of a web configuration.

#include <optional>

#include "settings/node_reader.hpp"
#include "settings/web_config.hpp"

namespace sas::settings {

/// Nothing where the mapping has no keys. What is wrong is told to the reader.
std::optional<TlsServer> read_tls_server(NodeReader& reader, const Place& place);

}  // namespace sas::settings
