// SPDX-License-Identifier: Apache-2.0
#pragma once
// A value or the Error that stands in its place: what functions return whose failure is to be expected.

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>

#include "base/error.hpp"

namespace sas {

template <class T>
using Result = boost::system::result<T, Error>;

/// Reached only when somebody takes the value of a result without looking: a bug, so it throws
/// std::logic_error.
[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location& where);

}  // namespace sas
