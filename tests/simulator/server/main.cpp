// SPDX-License-Identifier: Apache-2.0
#include <exception>
#include <iostream>
#include <variant>

#include "simulator/server/options.hpp"
#include "simulator/server/program.hpp"

int main(int argc, char** argv) {
  try {
    const auto options = sas::simulator::parse_options(argc, argv);
    if (const int* code = std::get_if<int>(&options)) return *code;
    sas::simulator::run(std::get<sas::simulator::Options>(options));
    return 0;
  } catch (const std::exception& failure) {
    std::cerr << "sas-simulator: " << failure.what() << '\n';
    return 2;
  }
}
