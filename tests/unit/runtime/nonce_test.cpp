// SPDX-License-Identifier: Apache-2.0
#include "runtime/nonce.hpp"

#include <set>

#include <gtest/gtest.h>

namespace sas::runtime {
namespace {

TEST(Nonce, Has32HexadecimalDigitsAndIsNeverTheSame) {
  std::set<std::string> seen;
  for (int i = 0; i < 1'000; ++i) {
    const std::string nonce = fresh_nonce();
    EXPECT_EQ(nonce.size(), 32U);
    EXPECT_EQ(nonce.find_first_not_of("0123456789abcdef"), std::string::npos) << nonce;
    EXPECT_TRUE(seen.insert(nonce).second) << nonce;
  }
}

}  // namespace
}  // namespace sas::runtime
