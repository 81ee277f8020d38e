// SPDX-License-Identifier: Apache-2.0
#include "http/date.hpp"

#include <gtest/gtest.h>

namespace sas::http {
namespace {

TEST(HttpDate, IsReadInItsOneForm) {
  EXPECT_EQ(parse_date("Sun, 06 Nov 1994 08:49:37 GMT"),
            Time{Milliseconds{784'111'777'000}});  // the RFC's example
  EXPECT_EQ(parse_date("Thu, 29 Feb 2024 23:59:60 GMT"), Time{Milliseconds{1'709'251'200'000}});
  EXPECT_EQ(parse_date("Fri, 02 Jan 2026 03:04:05 GMT"), Time{Milliseconds{1'767'323'045'000}});
}

TEST(HttpDate, AnythingElseIsNone) {
  for (const char* text :
       {"", "Sun, 06 Nov 1994 08:49:37", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nob 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, -6 Nov 1994 08:49:37 GMT", "Sun, 6  Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 0x:49:37 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT"})
    EXPECT_FALSE(parse_date(text)) << text;
}

}  // namespace
}  // namespace sas::http
