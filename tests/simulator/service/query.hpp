// SPDX-License-Identifier: Apache-2.0
#pragma once
// The parameters of the two actions, read from what a request carries.

#include <string_view>
#include <variant>

#include "simulator/service/api_error.hpp"
#include "simulator/service/percent.hpp"
#include "simulator/world/world.hpp"

namespace sas::simulator {

constexpr std::string_view kVersion = "2018-12-03";
constexpr std::string_view kList = "ListOperationProcess";
constexpr std::string_view kDetail = "ListOperationProcessDetail";

/// What is not a number, or too small for one, is CspmParamIllegal. Parameters that the action does not have
/// are ignored; whether the real service does so is not documented.
std::variant<ListQuery, ApiError> read_list_query(const Parameters& parameters);

/// The same, and without TaskIds it is CspmParamIllegal, whatever the metadata says.
std::variant<DetailQuery, ApiError> read_detail_query(const Parameters& parameters);

}  // namespace sas::simulator
