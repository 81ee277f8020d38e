// SPDX-License-Identifier: Apache-2.0
#include "web/bcrypt.hpp"

#include <string>

#include <gtest/gtest.h>

namespace sas::web {
namespace {

bool matches(const std::string& password, const std::string& hash) {
  return is_password_of(Secret(password), Secret(hash));
}

// Of the test vectors that come with crypt_blowfish, the first implementation in free software.
const std::string kHash = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

TEST(Bcrypt, ThePasswordOfAHashIsItAndNoOther) {
  EXPECT_TRUE(matches("U*U", kHash));
  for (const std::string& wrong :
       {std::string(), std::string("U*U*"), std::string("u*u"), std::string("U*"), kHash})
    EXPECT_FALSE(matches(wrong, kHash)) << wrong;
}

TEST(Bcrypt, TheThreeLettersAreOneScheme) {
  for (const char* letter : {"a", "b", "y"})
    EXPECT_TRUE(matches("U*U", std::string(kHash).replace(2, 1, letter))) << letter;
}

TEST(Bcrypt, AZeroByteEndsNoPasswordEarly) {
  EXPECT_FALSE(matches(std::string("U*U\0", 4), kHash));
  EXPECT_FALSE(matches(std::string("U*U\0x", 5), kHash));
}

TEST(Bcrypt, WhatIsNoHashHasNoPassword) {
  for (const char* wrong : {"", "*0", "*1", "U*U", "$2a$05$"})
    EXPECT_FALSE(matches("U*U", wrong)) << wrong;
}

}  // namespace
}  // namespace sas::web
