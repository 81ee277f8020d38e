// SPDX-License-Identifier: Apache-2.0
#include "credentials/scrub.hpp"

#include <gtest/gtest.h>

namespace sas::credentials {
namespace {

TEST(Scrub, TheSecretIsTakenOutWhereverItStands) {
  const Secret secret("t0ken+t0ken");
  EXPECT_EQ(scrub("token t0ken+t0ken, and t0ken+t0ken again", secret), "token ***, and *** again");
  EXPECT_EQ(scrub("t0ken+t0ken", secret), "***");
  EXPECT_EQ(scrub("OIDCToken=t0ken%2Bt0ken&x=1", secret), "OIDCToken=***&x=1");
}

TEST(Scrub, AllElseStays) {
  EXPECT_EQ(scrub("nothing of the kind", Secret("t0ken+t0ken")), "nothing of the kind");
  EXPECT_EQ(scrub("", Secret("t0ken+t0ken")), "");
  EXPECT_EQ(scrub("a text", Secret("t")), "a text");
  EXPECT_EQ(scrub("no secret at all", Secret()), "no secret at all");
}

TEST(Scrub, ASecretOfStarsEnds) {
  EXPECT_EQ(scrub("********", Secret("********")), "***");
}

}  // namespace
}  // namespace sas::credentials
