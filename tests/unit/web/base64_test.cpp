// SPDX-License-Identifier: Apache-2.0
#include "web/base64.hpp"

#include <string>

#include <gtest/gtest.h>

namespace sas::web {
namespace {

TEST(Base64, TheVectorsOfRfc4648AreDecoded) {
  struct {
    const char* text;
    const char* bytes;
  } const kVectors[] = {{"", ""},
                        {"Zg==", "f"},
                        {"Zm8=", "fo"},
                        {"Zm9v", "foo"},
                        {"Zm9vYg==", "foob"},
                        {"Zm9vYmE=", "fooba"},
                        {"Zm9vYmFy", "foobar"}};
  for (const auto& vector : kVectors) {
    const auto decoded = decode_base64(vector.text);
    ASSERT_TRUE(decoded.has_value()) << vector.text;
    EXPECT_EQ(decoded->reveal(), vector.bytes);
  }
  EXPECT_EQ(decode_base64("AP+/")->reveal(), std::string("\0\xFF\xBF", 3));
}

TEST(Base64, WhatIsNotWholeOrOfAnotherAlphabetIsNone) {
  for (const char* text : {"Z", "Zg", "Zg=", "Zg===", "=", "====", "Zm9v\n", " Zm9v", "Zm 9", "Zm-_",
                           "Zg==Zg==", "Zm=v", "\xC3\xA4\xC3\xA4"})
    EXPECT_FALSE(decode_base64(text).has_value()) << text;
}

}  // namespace
}  // namespace sas::web
