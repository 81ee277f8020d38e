// SPDX-License-Identifier: Apache-2.0
#pragma once
// Texts that are compared with a file of tests/data. With SAS_UPDATE_GOLDEN=1 in the environment the file is
// written instead; read the change before committing it.

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "support/folders.hpp"

namespace sas::support {

inline void expect_golden(const std::string& text, const std::string& file) {
  const std::string path = data_folder() + '/' + file;
  if (std::getenv("SAS_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << text;
    FAIL() << path << " was written, not compared";
  }
  std::ifstream in(path, std::ios::binary);
  ASSERT_TRUE(in) << "there is no " << path;
  EXPECT_EQ(text, std::string(std::istreambuf_iterator<char>(in), {})) << "differs from " << path;
}

}  // namespace sas::support
