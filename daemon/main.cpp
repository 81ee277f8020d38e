// SPDX-License-Identifier: Apache-2.0
#include <exception>
#include <iostream>

#include "cli/program.hpp"
#include "runtime/privacy.hpp"

int main(int count, char** words) {
  sas::runtime::keep_memory_private();  // before any command reads settings, which hold secrets
  try {
    return sas::cli::program({words + 1, words + count});
  } catch (const std::exception& exception) {  // a bug, or no memory left
    std::cerr << "sas-operation-exporter: " << exception.what() << '\n';
    return 1;
  }
}
