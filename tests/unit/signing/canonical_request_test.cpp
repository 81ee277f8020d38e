// SPDX-License-Identifier: Apache-2.0
#include "signing/canonical_request.hpp"

#include <gtest/gtest.h>

namespace sas::signing {
namespace {

TEST(PercentEncode, KeepsOnlyTheUnreservedBytes) {
  int kept = 0;
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text(1, static_cast<char>(byte));
    const std::string encoded = percent_encode(text);
    if (encoded == text) {
      ++kept;
    } else {
      ASSERT_EQ(encoded.size(), 3U) << byte;
      EXPECT_EQ(encoded[0], '%');
      EXPECT_EQ(std::stoi(encoded.substr(1), nullptr, 16), byte);
      EXPECT_EQ(encoded.find_first_of("abcdef"), std::string::npos) << "hex digits are in upper case";
    }
  }
  EXPECT_EQ(kept, 66);  // RFC 3986, section 2.3
  EXPECT_EQ(percent_encode("Az09-_.~"), "Az09-_.~");
  EXPECT_EQ(percent_encode("a b+*~"), "a%20b%2B%2A~");
}

TEST(CanonicalQuery, SortsNamesAsBytes) {
  EXPECT_EQ(canonical_query({{"X.2", "b"}, {"X.10", "j"}, {"X.1", "a"}}), "X.1=a&X.10=j&X.2=b");
  EXPECT_EQ(canonical_query({{"a", ""}, {"_", ""}, {"Z", ""}, {"\xC3\xA9", ""}}), "Z=&_=&a=&%C3%A9=");
}

TEST(CanonicalQuery, NothingIsTheEmptyText) {
  EXPECT_EQ(canonical_query({}), "");
}

TEST(CanonicalQuery, ValueCannotBreakOutOfItsParameter) {
  EXPECT_EQ(canonical_query({{"A", "1&B=2#"}}), "A=1%26B%3D2%23");
}

TEST(CanonicalHeaders, AreLowerCaseSortedAndTrimmed) {
  const std::vector<NameValue> expected{{"host", "h"}, {"x-acs-b", "1 2"}, {"x-acs-c", ""}};
  EXPECT_EQ(canonical_headers({{"X-Acs-C", " \t"}, {"X-ACS-B", "\t1 2 \r\n"}, {"Host", "h"}}), expected);
}

TEST(CanonicalRequest, HasABlankLineAfterTheHeaders) {
  EXPECT_EQ(canonical_request("GET", "/p", "q=1", {{"host", "h"}}, "hash"),
            "GET\n/p\nq=1\nhost:h\n\nhost\nhash");
}

}  // namespace
}  // namespace sas::signing
