// SPDX-License-Identifier: Apache-2.0
#include "policy/backoff.hpp"

#include <gtest/gtest.h>

namespace sas::policy {
namespace {

constexpr double kAlmostOne = 0.999999999;

TEST(Backoff, DoublesWithEachFailureUpToTheCap) {
  const Backoff shape{.base = Milliseconds{1'000}, .cap = Milliseconds{60'000}};
  const struct {
    int attempts;
    std::int64_t longest;
  } cases[] = {{1, 1'000},   {2, 2'000},      {3, 4'000},
               {6, 32'000},  {7, 60'000},     {8, 60'000},
               {64, 60'000}, {5'000, 60'000}, {2'147'483'647, 60'000}};
  for (const auto& [attempts, longest] : cases) {
    EXPECT_EQ(backoff(shape, attempts, 0.0), Milliseconds{0}) << attempts;
    EXPECT_EQ(backoff(shape, attempts, 0.5), Milliseconds{longest / 2}) << attempts;
    EXPECT_EQ(backoff(shape, attempts, kAlmostOne), Milliseconds{longest - 1}) << attempts;
  }
}

TEST(Backoff, BaseOverTheCapIsTheCap) {
  const Backoff shape{.base = Milliseconds{5'000}, .cap = Milliseconds{1'000}};
  EXPECT_EQ(backoff(shape, 1, 0.5), Milliseconds{500});
}

}  // namespace
}  // namespace sas::policy
