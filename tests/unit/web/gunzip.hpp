// SPDX-License-Identifier: Apache-2.0
#pragma once
// Unpacks with the gzip program: a decoder that has nothing in common with the encoder under test.

#include <cstdio>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

namespace sas::web {

/// Fails the test where the gzip program finds a fault, a trailer that does not fit included.
inline std::string gunzip(const std::string& packed) {
  std::string path = ::testing::TempDir() + "gunzip-XXXXXX";
  const int file = ::mkstemp(path.data());
  ::close(file);
  std::ofstream(path, std::ios::binary) << packed;
  std::FILE* pipe = ::popen(("gzip -dc <" + path).c_str(), "r");
  std::string text;
  char bytes[64 * 1024];
  for (std::size_t count = 0; (count = std::fread(bytes, 1, sizeof bytes, pipe)) > 0;)
    text.append(bytes, count);
  EXPECT_EQ(::pclose(pipe), 0) << "gzip refuses the stream";
  ::unlink(path.c_str());
  return text;
}

}  // namespace sas::web
