// SPDX-License-Identifier: Apache-2.0
#include "base/access_key.hpp"

#include <gtest/gtest.h>

namespace sas {
namespace {

TEST(AccessKey, IdIsShownByItsLastFourCharacters) {
  EXPECT_EQ(id_suffix("LTAI5tSixteenChar"), "Char");
  EXPECT_EQ(masked_id("LTAI5tSixteenChar"), "***Char");
}

TEST(AccessKey, ShortIdIsNotShown) {
  EXPECT_EQ(id_suffix("123456789"), "6789");
  EXPECT_EQ(id_suffix("12345678"), "");
  EXPECT_EQ(masked_id("12345678"), "***");
  EXPECT_EQ(masked_id(""), "***");
}

}  // namespace
}  // namespace sas
