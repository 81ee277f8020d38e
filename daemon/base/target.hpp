// SPDX-License-Identifier: Apache-2.0
#pragma once
// Whom to ask: one account at one service centre. Everything that is told or exported carries its name.

#include <string>
#include <vector>

namespace sas {

struct Target {
  std::string name;                       // label `target`; unique
  std::string endpoint;                   // `https://host` or `https://host:port`, without a path
  std::string ca_file;                    // extra CA, PEM, whoever is asked for it; empty: the system's only
  std::vector<std::string> task_types;    // empty: all
  std::vector<std::string> task_sources;  // empty: all
  std::string site = {};                  // `cn`, `intl`: whose centre the endpoint is; empty: neither

  friend bool operator==(const Target&, const Target&) = default;
};

}  // namespace sas
