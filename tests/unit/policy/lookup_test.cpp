// SPDX-License-Identifier: Apache-2.0
#include "policy/lookup.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sas::policy {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Lookup, NothingToAskForIsNoBatch) {
  EXPECT_THAT(lookup_batches({}, {}), IsEmpty());
}

TEST(Lookup, ABatchHoldsNoMoreIdsThanAllowed) {
  EXPECT_THAT(lookup_batches({"a", "b", "c"}, {.max_ids = 2, .max_bytes = 4096}),
              ElementsAre(ElementsAre("a", "b"), ElementsAre("c")));
}

TEST(Lookup, ABatchHoldsNoMoreBytesThanAllowedEvenWhenAllAreEscaped) {
  EXPECT_THAT(lookup_batches({"aa", "bb", "cc"}, {.max_ids = 100, .max_bytes = 12}),
              ElementsAre(ElementsAre("aa", "bb"), ElementsAre("cc")));
}

TEST(Lookup, AnIdThatIsTooLongStillGetsAsked) {
  EXPECT_THAT(lookup_batches({"aaaaaaaaaa", "b"}, {.max_ids = 100, .max_bytes = 12}),
              ElementsAre(ElementsAre("aaaaaaaaaa"), ElementsAre("b")));
}

}  // namespace
}  // namespace sas::policy
