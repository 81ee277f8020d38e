// SPDX-License-Identifier: Apache-2.0
#include "snapshot/layout.hpp"

#include <gmock/gmock.h>

namespace sas::snapshot {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string section(const std::string& body, std::uint64_t lines) {
  return body + closing_line(lines, extend_checksum(0, body));
}
const std::string kFirst = section("{\"target\":1}\n{\"task\":1}\n", 2);
const std::string kSecond = section("{\"target\":2}\n", 1);
const std::string kFile = std::string{header_line()} + kFirst + kSecond + end_line(2);

std::string fault(const std::string& text) {
  const Result<Layout> layout = find_sections(text);
  return layout ? "it was read" : layout.error().message;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  return text.replace(text.find(what), what.size(), by);
}

TEST(Layout, SectionsAreFoundWhereTheyStand) {
  const Result<Layout> layout = find_sections(kFile + "{\"told\":{}}\n");
  ASSERT_TRUE(layout) << layout.error().message;
  ASSERT_EQ(layout->sections.size(), 2U);
  const auto& [first, second] = std::tie(layout->sections[0], layout->sections[1]);
  EXPECT_EQ(kFile.substr(first.offset, first.size), kFirst);
  EXPECT_EQ(kFile.substr(first.offset, first.body), "{\"target\":1}\n{\"task\":1}\n");
  EXPECT_EQ(first.first_line, 2U);
  EXPECT_EQ(first.checksum, extend_checksum(0, kFirst));
  EXPECT_EQ(kFile.substr(second.offset, second.size), kSecond);
  EXPECT_EQ(second.first_line, 5U);
  EXPECT_EQ(layout->told_offset, kFile.size());
}

TEST(Layout, AFileMayHoldNoSection) {
  const Result<Layout> layout = find_sections(std::string{header_line()} + end_line(0));
  ASSERT_TRUE(layout) << layout.error().message;
  EXPECT_TRUE(layout->sections.empty());
}

TEST(Layout, TheChecksumIsCrc64OfEcma182AndCanGoOn) {
  // The check value that catalogues of CRCs give for CRC-64/XZ, which is this one.
  EXPECT_EQ(extend_checksum(0, "123456789"), 0x995dc9bbdf1939faU);
  EXPECT_EQ(extend_checksum(extend_checksum(0, "1234"), "56789"), 0x995dc9bbdf1939faU);
}

TEST(Layout, WhatIsNoStateFileIsRefusedAndSaysSo) {
  EXPECT_THAT(fault(""), HasSubstr("line 1: the file is empty"));
  EXPECT_THAT(fault("targets:\n\x01"), AllOf(HasSubstr("`targets:`"), HasSubstr("not with `{\"format\"")));
  EXPECT_THAT(fault(std::string(100'000, '\xff')), HasSubstr("line 1: this is not a state file"));
}

TEST(Layout, AnotherVersionIsRefusedByItsNumber) {
  EXPECT_THAT(fault(replaced(kFile, "\"version\":1", "\"version\":12")),
              HasSubstr("line 1: the file is of version 12, and this program reads version 1"));
  EXPECT_THAT(fault(replaced(kFile, "\"version\":1", "\"version\":x")), HasSubstr("is damaged"));
}

TEST(Layout, ACutFileSaysWhereItEnds) {
  const std::size_t header = header_line().size();
  EXPECT_THAT(fault(kFile.substr(0, header + 3)), HasSubstr("line 2: the file is cut off between sections"));
  EXPECT_THAT(fault(kFile.substr(0, header + 16)),
              HasSubstr("line 3: the file is cut off within the section that begins in line 2"));
  EXPECT_THAT(fault(kFile.substr(0, header + kFirst.size() - 1)),
              HasSubstr("line 4: the file is cut off within"));
  EXPECT_THAT(fault(kFile.substr(0, header + kFirst.size())),
              HasSubstr("line 5: the file is cut off between"));
}

TEST(Layout, AChangedSectionSaysWhatItsCloseShouldBe) {
  EXPECT_THAT(fault(replaced(kFile, "{\"task\":1}", "{\"task\":2}")),
              AllOf(HasSubstr("line 4: the section that begins in line 2 was damaged or changed"),
                    HasSubstr("\"lines\":2,\"crc64\":\"")));
  EXPECT_THAT(fault(replaced(kFile, "{\"task\":1}\n", "")), HasSubstr("\"lines\":1"));
}

TEST(Layout, ALostSectionIsMissed) {
  EXPECT_THAT(fault(std::string{header_line()} + kFirst + end_line(2)),
              AllOf(HasSubstr("line 5:"), HasSubstr("does not fit"), HasSubstr("\"targets\":1")));
  EXPECT_THAT(fault(std::string{header_line()} + kFirst + "{\"tarGet\":2}\n"),
              HasSubstr("line 5: `{\"tarGet\":2}` is neither"));
}

TEST(Layout, EachFlippedBitAndEachCutIsRefused) {
  for (std::size_t at = 0; at < kFile.size(); ++at) {
    EXPECT_FALSE(find_sections(kFile.substr(0, at))) << "cut at " << at;
    for (unsigned bit = 0; bit < 8; ++bit) {
      std::string damaged = kFile;
      damaged[at] = static_cast<char>(static_cast<unsigned char>(damaged[at]) ^ 1U << bit);
      EXPECT_FALSE(find_sections(damaged)) << "bit " << bit << " of byte " << at;
    }
  }
}

}  // namespace
}  // namespace sas::snapshot
