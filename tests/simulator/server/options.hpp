// SPDX-License-Identifier: Apache-2.0
#pragma once
// The command line of sas-simulator.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/access_key.hpp"
#include "base/time.hpp"

namespace sas::simulator {

struct Options {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;  // 0: the kernel chooses
  bool tls = true;
  std::string certificate_file;
  std::string key_file;
  std::string make_ca;   // a folder; empty: none is made
  std::string scenario;  // a file; empty: only certificates are made
  std::uint64_t seed = 1;
  double time_scale = 1;
  std::optional<Time> start;
  std::string journal;
  std::string requests;
  std::vector<AccessKey> access_keys;
  std::string keys;  // a file of them that may change; empty: none
  std::optional<std::int64_t> tasks;
};

/// The options, or the exit code where there is nothing more to do: 0 after --help, 2 after a mistake, which
/// was told.
std::variant<Options, int> parse_options(int argc, const char* const* argv);

}  // namespace sas::simulator
