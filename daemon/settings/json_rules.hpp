// SPDX-License-Identifier: Apache-2.0
#pragma once
// The rules between keys of one mapping, in the words of JSON Schema.

#include <string_view>

#include <boost/json/array.hpp>

namespace sas::settings {

/// Of a section (`targets[]`): schemas that all have to hold. They name `#/definitions/variable`.
boost::json::array json_rules(std::string_view section);

}  // namespace sas::settings
