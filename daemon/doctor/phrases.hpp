// SPDX-License-Identifier: Apache-2.0
#pragma once
// How findings put times, numbers and lists.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

#include "base/error.hpp"
#include "base/time.hpp"

namespace sas::doctor {

/// `20m`, `80d`: the largest unit of which there are two, rounded down; without a sign.
std::string rough(Milliseconds span);

/// `2026-01-02T03:04:05Z (in 20m)`, or `… (3d ago)`.
std::string moment(Time at, Time now);

/// Null where there is no time.
boost::json::value time_fact(std::optional<Time> at);

/// Whole numbers without a fraction.
boost::json::value number_fact(double number);

boost::json::value list_fact(const std::vector<std::string>& words);

/// `a, b, c and 4 more`
std::string first_of(const std::vector<std::string>& words, std::size_t most);

/// What went wrong, with code and RequestId where there are any.
std::string told(const Error& error);

}  // namespace sas::doctor
