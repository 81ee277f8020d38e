// SPDX-License-Identifier: Apache-2.0
#include "base/result.hpp"

#include <stdexcept>

#include <fmt/format.h>

namespace sas {

void throw_exception_from_error(const Error& error, const boost::source_location& where) {
  throw std::logic_error(
      fmt::format("{}:{}: value taken from an error: {}", where.file_name(), where.line(), to_string(error)));
}

}  // namespace sas
