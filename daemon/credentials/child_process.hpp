// SPDX-License-Identifier: Apache-2.0
#pragma once
// Runs a program and reads what it writes, without a shell and without holding up the loop.

#include <cstddef>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"

namespace sas::credentials {

namespace asio = boost::asio;

struct ProcessLimits {
  Milliseconds time{60'000};
  std::size_t output = 64UL * 1024;  // bytes
};

/// The standard output of `words`, of which the first is the program, found along PATH. Its standard error
/// goes nowhere, since it may tell secrets; its standard input is empty. When a limit is passed or the caller
/// is cancelled, it is killed with all that it started. Errors name the program and never show its arguments
/// or output.
asio::awaitable<Result<Secret>> run_process(std::vector<std::string> words, ProcessLimits limits);

}  // namespace sas::credentials
