// SPDX-License-Identifier: Apache-2.0
#include "base/secret.hpp"

#include <sstream>
#include <utility>

#include <gtest/gtest.h>

namespace sas {
namespace {

// Long enough not to live inside the string object, so that moving it moves its memory.
const std::string kText = "a secret that is longer than a short string";

TEST(Secret, IsPrintedAsStars) {
  std::ostringstream out;
  out << Secret{kText} << Secret{};
  EXPECT_EQ(out.str(), "******");
}

TEST(Secret, IsRevealedOnlyOnRequest) {
  EXPECT_EQ(Secret{kText}.reveal(), kText);
  EXPECT_TRUE(Secret{}.empty());
  EXPECT_FALSE(Secret{kText}.empty());
}

TEST(Secret, CopiesAreEqualAndIndependent) {
  Secret original{kText};
  const Secret copy = original;
  EXPECT_EQ(copy, original);
  original = Secret{"other"};
  EXPECT_EQ(copy.reveal(), kText);
  EXPECT_NE(copy, original);
}

TEST(Secret, NothingIsLeftBehindByAMove) {
  for (const std::string& text : {kText, std::string{"short"}}) {
    Secret original{text};
    const Secret moved = std::move(original);
    EXPECT_EQ(moved.reveal(), text);
    EXPECT_TRUE(original.empty());  // NOLINT: that is what is tested
  }
}

TEST(Secret, AssigningToItselfKeepsIt) {
  Secret secret{kText};
  const Secret& same = secret;
  secret = same;
  EXPECT_EQ(secret.reveal(), kText);
}

TEST(Secret, TheTextItWasMadeOfIsEmptied) {
  std::string text = "short";
  const Secret secret{std::move(text)};
  EXPECT_EQ(secret.reveal(), "short");
  EXPECT_TRUE(text.empty());  // NOLINT
}

}  // namespace
}  // namespace sas
