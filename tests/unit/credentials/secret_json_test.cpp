// SPDX-License-Identifier: Apache-2.0
#include "credentials/secret_json.hpp"

#include <gtest/gtest.h>

#include "credentials/variables.hpp"

namespace sas::credentials {
namespace {

TEST(SecretJson, OnlyAnObjectIsOne) {
  EXPECT_NE(SecretJson("{\"a\":1}").object(), nullptr);
  for (const char* text : {"", "[]", "1", "null", "\"{}\"", "{", "{}x", "{\"a\":}"})
    EXPECT_EQ(SecretJson(text).object(), nullptr) << text;
}

TEST(SecretJson, FieldsAreReadAsTexts) {
  const SecretJson json(R"({"text":"a","number":900,"flag":true,"null":null,"list":[1]})");
  EXPECT_EQ(text_of(*json.object(), "text"), "a");
  EXPECT_EQ(text_of(*json.object(), "number"), "900");
  EXPECT_EQ(text_of(*json.object(), "flag"), "true");
  for (const char* field : {"null", "list", "missing"})
    EXPECT_EQ(text_of(*json.object(), field), "") << field;
}

TEST(SecretJson, ManySmallNodesFit) {
  std::string text = "{\"a\":[";
  for (int i = 0; i < 20'000; ++i)
    text += "{},";
  text.back() = ']';
  const SecretJson json(text + "}");
  EXPECT_NE(json.object(), nullptr);
}

TEST(Variables, TrueIsTrueInWhateverCase) {
  for (const char* text : {"true", "TRUE", "True"})
    EXPECT_TRUE(is_true(text));
  for (const char* text : {"", "1", "yes", "truee", "tru"})
    EXPECT_FALSE(is_true(text));
}

}  // namespace
}  // namespace sas::credentials
