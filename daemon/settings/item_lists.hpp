// SPDX-License-Identifier: Apache-2.0
#pragma once
// What becomes of the elements of each list of mappings, once their keys have been read.

#include <array>
#include <cstddef>
#include <string_view>

#include "settings/filled.hpp"
#include "settings/schema.hpp"

namespace sas::settings {

/// Alerts that have no task type, so that a silence of them names none.
constexpr std::array<std::string_view, 3> kAlertsOfWholeTargets{"poll_failing", "credentials_expiring",
                                                                "contract_drift"};

struct ItemList {
  std::string_view path;                                 // of the list: `targets`
  void (*clear)(Draft&, std::size_t coming) = nullptr;   // forgets all elements, also those of the default
  void (*begin)(Draft&) = nullptr;                       // makes room for the next element
  void (*finish)(Draft&, const Filled& item) = nullptr;  // checks the element as a whole, and adds it
};

/// Of the path of a key of type `items`; each has one.
const ItemList& item_list(std::string_view path);

}  // namespace sas::settings
