// SPDX-License-Identifier: Apache-2.0
#pragma once
// An environment of a test's own.

#include <map>
#include <string>
#include <utility>

#include "credentials/variables.hpp"

namespace sas::support {

inline credentials::Variables variables(std::map<std::string, std::string> set = {}) {
  return [set = std::move(set)](const char* name) {
    const auto found = set.find(name);
    return found == set.end() ? std::string{} : found->second;
  };
}

}  // namespace sas::support
