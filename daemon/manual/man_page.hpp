// SPDX-License-Identifier: Apache-2.0
#pragma once
// sas-operation-exporter.1, from what the command line and the settings say of themselves.

#include <string>
#include <string_view>

#include "cli/description.hpp"

namespace sas::manual {

/// In the language of man(7). `date` is that of the page: 2026-01-31.
std::string man_page(const cli::Description& program, std::string_view version, std::string_view date);

}  // namespace sas::manual
