// SPDX-License-Identifier: Apache-2.0
#include "credentials/scrub.hpp"

#include <gtest/gtest.h>

namespace sas::credentials {
namespace {

TEST(Scrub, TheSecretIsTakenOutWhereverItStands) {
  EXPECT_EQ(scrub("token a+b, and a+b again", Secret("a+b")), "token ***, and *** again");
  EXPECT_EQ(scrub("a+b", Secret("a+b")), "***");
  EXPECT_EQ(scrub("OIDCToken=a%2Bb&x=1", Secret("a+b")), "OIDCToken=***&x=1");
}

TEST(Scrub, AllElseStays) {
  EXPECT_EQ(scrub("nothing of the kind", Secret("a+b")), "nothing of the kind");
  EXPECT_EQ(scrub("", Secret("a+b")), "");
  EXPECT_EQ(scrub("no secret at all", Secret()), "no secret at all");
}

TEST(Scrub, ASecretOfStarsEnds) {
  EXPECT_EQ(scrub("****", Secret("*")), "************");
}

}  // namespace
}  // namespace sas::credentials
