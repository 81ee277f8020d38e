// SPDX-License-Identifier: Apache-2.0
#include "web/accept_encoding.hpp"

#include <gtest/gtest.h>

namespace sas::web {
namespace {

TEST(AcceptEncoding, GzipIsChosenWhereverTheListAllowsIt) {
  for (const char* list :
       {"gzip", "GZIP", "x-gzip", "gzip;q=1", "gzip;q=0.001", "gzip ; q=0.5", "gzip;Q=1.000", "deflate, gzip",
        "br;q=1.0, gzip;q=0.8, *;q=0.1", "*", "*;q=0.5", "gzip;q=1.0,*;q=0", "identity;q=0.5, gzip",
        "identity;q=0, gzip", "identity;q=0.5, gzip;q=0.5", ",, gzip ,", "gzip;x=1", "identity;q=0, *",
        "gzip;q=0, gzip;q=1"}) {
    EXPECT_EQ(negotiate_encoding(list), Encoding::gzip) << list;
  }
}

TEST(AcceptEncoding, IdentityIsChosenWhereTheListForbidsGzipOrLikesItLess) {
  for (const char* list :
       {"", " ", "identity", "deflate", "br", "gzip;q=0", "gzip;q=0.0", "gzip;q=0.000", "*;q=0",
        "gzip;q=0, *", "*;q=1, gzip;q=0", "identity, gzip;q=0.5", "gzipped", "gzi", "x gzip"}) {
    EXPECT_EQ(negotiate_encoding(list), Encoding::identity) << list;
  }
}

TEST(AcceptEncoding, WeightsThatCannotBeReadForbid) {
  for (const char* list : {"gzip;q=", "gzip;q", "gzip;q=x", "gzip;q=2", "gzip;q=-1", "gzip;q=1.5",
                           "gzip;q=0,5", "gzip;q=0.5000", "gzip;q=.5", "gzip;q=1 0"}) {
    EXPECT_EQ(negotiate_encoding(list), Encoding::identity) << list;
  }
}

}  // namespace
}  // namespace sas::web
