// SPDX-License-Identifier: Apache-2.0
#include "settings/document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sas::settings {
namespace {

using testing::HasSubstr;

/// The tree as one line; a map keeps its order and its duplicates.
std::string outline(const Node& node) {
  std::string text;
  switch (node.kind) {
    case Node::Kind::nothing:
      return "~";
    case Node::Kind::scalar:
      return node.text;
    case Node::Kind::list:
      for (const Node* item : node.items)
        text += (text.empty() ? "" : ",") + outline(*item);
      return '[' + text + ']';
    case Node::Kind::map:
      for (const Entry& entry : node.entries)
        text += (text.empty() ? "" : ",") + outline(*entry.key) + ':' + outline(*entry.value);
      return '{' + text + '}';
  }
  return text;
}

std::string outline(std::string_view yaml) {
  const auto loaded = load(yaml);
  if (const auto* mistake = std::get_if<Mistake>(&loaded)) return to_string(*mistake, "f");
  const auto& document = std::get<Document>(loaded);
  return document.root == nullptr ? "empty" : outline(*document.root);
}

std::string times(std::size_t count, std::string_view text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i)
    all += text;
  return all;
}

TEST(Document, ScalarsListsAndMapsBecomeATree) {
  EXPECT_EQ(outline("a: 1\nb: [x, 'y', \"z\"]\nc:\n  d: ~\n  e:\n"), "{a:1,b:[x,y,z],c:{d:~,e:~}}");
  EXPECT_EQ(outline("\xEF\xBB\xBF"
                    "a: 1\r\nb: 2\r\n"),
            "{a:1,b:2}");
}

TEST(Document, NothingButCommentsIsEmpty) {
  EXPECT_EQ(outline(""), "empty");
  EXPECT_EQ(outline("# only a comment\n\n"), "empty");
  EXPECT_EQ(outline("---\n"), "~");
}

TEST(Document, DuplicateKeysAreKept) {
  EXPECT_EQ(outline("a: 1\na: 2\n"), "{a:1,a:2}");
}

TEST(Document, EachNodeKnowsItsPlace) {
  const auto loaded = load("a: 1\nlist:\n  - x\n");
  const auto& root = *std::get<Document>(loaded).root;
  EXPECT_EQ(root.entries[0].value->at, (Position{1, 4}));
  EXPECT_EQ(root.entries[1].value->items[0]->at, (Position{3, 5}));
}

TEST(Document, AliasesStandForWhatTheyName) {
  EXPECT_EQ(outline("a: &x {k: v}\nb: *x\n"), "{a:{k:v},b:{k:v}}");
  EXPECT_EQ(outline("a: &x 1\nb: &x 2\nc: *x\n"), "{a:1,b:2,c:2}");
}

TEST(Document, AMergeKeyAddsWhatIsNotThere) {
  EXPECT_EQ(outline("a: &x {k: 1, l: 2}\nb: {<<: *x, l: 3}\n"), "{a:{k:1,l:2},b:{l:3,k:1}}");
  EXPECT_EQ(outline("a: &x {k: 1}\nb: &y {k: 2, m: 3}\nc: {<<: [*x, *y]}\n"),
            "{a:{k:1},b:{k:2,m:3},c:{k:1,m:3}}");
}

TEST(Document, AMergeKeyNeedsAMapping) {
  EXPECT_THAT(outline("a: {<<: 1}"), HasSubstr("f:1:5: << takes a mapping"));
  EXPECT_THAT(outline("a: &x [1]\nb: {<<: *x}"), HasSubstr("f:2:5: << takes a mapping"));
}

TEST(Document, AnAliasOfWhatItStandsInIsRefused) {
  EXPECT_THAT(outline("a: &x [*x]"), HasSubstr("f:1:8: this alias refers to what it stands in"));
  EXPECT_THAT(outline("&x a: *x\nb: &y {<<: *y}"), HasSubstr("f:2:12: this alias"));
}

TEST(Document, ASecondDocumentIsRefused) {
  EXPECT_THAT(outline("a: 1\n---\nb: 2\n"), HasSubstr("f:2:1: a second YAML document begins here"));
  EXPECT_THAT(outline("- a\nb: c\n"), HasSubstr("f:2:1: a second YAML document begins here"));
}

TEST(Document, TagsAreRefusedExceptTheUsualOnes) {
  EXPECT_EQ(outline("a: !!str 5"), "{a:5}");
  EXPECT_THAT(outline("a: !secret b"), HasSubstr("f:1:4: YAML tags (!name) have no meaning here"));
}

TEST(Document, SyntaxErrorsHaveTheirLineAndWhatToDo) {
  EXPECT_EQ(outline("a: b: c"),
            "f:1:5: is not valid YAML: a key cannot stand here; check the indentation, and quote a value "
            "that holds ': '");
  EXPECT_THAT(outline("a: [1, 2\nb: 3"), HasSubstr("a closing ] is missing before here"));
  EXPECT_THAT(outline("a: {b: 1\nc: 3"), HasSubstr("a closing } is missing before here"));
  EXPECT_THAT(outline("a: \"x"), HasSubstr("close them"));
  EXPECT_THAT(outline("a: *x"), HasSubstr("f:1:4: is not valid YAML: no &anchor above"));
  EXPECT_THAT(outline("a: 1\n- b"),
              HasSubstr("f:2:1: is not valid YAML: this line does not go on the mapping"));
  EXPECT_EQ(outline("a: @x"), "f:1:4: is not valid YAML: unknown token");
}

TEST(Document, SyntaxErrorsNeverQuoteTheFile) {
  for (const char* yaml :
       {"a: \"\\q-hunter2\"", "a: *hunter2", "%YAML hunter2\n---\na: 1", "a: \"\\Uhunter2\"",
        "a: !<hunter2 x", "hunter2: [", "a: &hunter2 &hunter2 x", "a: @hunter2"}) {
    EXPECT_THAT(outline(yaml), testing::Not(HasSubstr("hunter2"))) << yaml;
    EXPECT_THAT(outline(yaml), testing::StartsWith("f:")) << yaml;
  }
}

TEST(Document, ATabThatIndentsIsFoundWhereverYamlStumbles) {
  EXPECT_EQ(outline("poll:\n\tinterval: 30s\n"),
            "f:2:1: is not valid YAML: a tab indents this line; use spaces");
  EXPECT_EQ(outline("a:\n  b: 1\n \tc: 2\n"),
            "f:3:2: is not valid YAML: a tab indents this line; use spaces");
  EXPECT_EQ(outline("a: 1\n\t# comment\nb: 2"),
            "f:2:1: is not valid YAML: a tab indents this line; use spaces");
  EXPECT_EQ(outline("a:\t1\n"), "{a:1}");
}

TEST(Document, BytesThatYamlWouldPassOverAreRefused) {
  EXPECT_THAT(outline("a: 1\nb: \x04\nc: 2"), HasSubstr("f:2:4: holds a control character (0x04)"));
  EXPECT_THAT(outline(std::string_view("a: 1\0", 5)), HasSubstr("f:1:5: holds a control character (0x00)"));
  EXPECT_THAT(outline("a: 1\nb: \xFF"), HasSubstr("f:2:4: is not UTF-8"));
  EXPECT_THAT(outline(std::string_view("\xFF\xFE"
                                       "a\0",
                                       4)),
              HasSubstr("f:1:1: is not UTF-8"));
}

TEST(Document, DeepNestingIsRefused) {
  const std::string most = times(kMaxDepth, "[") + times(kMaxDepth, "]");
  EXPECT_EQ(outline(most), most);
  EXPECT_THAT(outline('[' + most + ']'), HasSubstr("nested more than 32 levels deep"));
  EXPECT_THAT(outline(times(300'000, "[")), HasSubstr("nested more than 32 levels deep"));
  EXPECT_THAT(outline(times(300'000, "- ")), HasSubstr("nested more than 32 levels deep"));
}

TEST(Document, HugeFilesAreRefused) {
  EXPECT_EQ(outline('#' + std::string(kMaxFileSize - 1, 'x')), "empty");
  EXPECT_THAT(outline('#' + std::string(kMaxFileSize, 'x')), HasSubstr("is 1048577 bytes long"));
  EXPECT_THAT(outline(times(kMaxNodes, "- x\n")), HasSubstr("more than 100000 values"));
}

TEST(Document, MergesCannotMultiply) {
  std::string yaml = "a0: &a0 {k0: 1}\n";
  for (int i = 1; i < 2000; ++i)
    yaml += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " {<<: *a" + std::to_string(i - 1) +
            ", k" + std::to_string(i) + ": 1}\n";
  EXPECT_THAT(outline(yaml), HasSubstr("more than 100000 values"));
}

}  // namespace
}  // namespace sas::settings
