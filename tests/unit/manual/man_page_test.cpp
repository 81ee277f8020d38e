// SPDX-License-Identifier: Apache-2.0
// That man and mandoc take it is the end-to-end test manual_test's.
#include "manual/man_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/description.hpp"
#include "manual/roff.hpp"
#include "settings/schema.hpp"

namespace sas::manual {
namespace {

using testing::HasSubstr;

std::string page() {
  return man_page(cli::description(), "1.2.3", "2026-01-31");
}

TEST(ManPage, HasTheDateAndTheVersionThatItIsGiven) {
  EXPECT_THAT(
      page(),
      HasSubstr("\n.TH SAS\\-OPERATION\\-EXPORTER 1 2026-01-31 \"sas\\-operation\\-exporter 1.2.3\" "));
}

TEST(ManPage, DescribesEachFlagWithItsValueAndDefault) {
  EXPECT_THAT(page(), HasSubstr("\n\\fB\\-\\-config.file\\fR=\\fIFILE\\fR\nThe configuration.\nWithout it:\n"
                                "\\fB/etc/sas\\-operation\\-exporter/config.yml\\fR.\n"));
  EXPECT_THAT(page(), HasSubstr("\n\\fB\\-\\-log.format\\fR=\\fBlogfmt\\fR|\\fBjson\\fR\n"));
  EXPECT_THAT(page(), HasSubstr("\n\\fB\\-\\-web.listen\\-address\\fR=\\fIHOST:PORT\\fR\n"));
  EXPECT_THAT(page(), HasSubstr("\n\\fB\\-h\\fR, \\fB\\-\\-help\\fR\n"));
}

TEST(ManPage, HasTheExitCodes) {
  for (const cli::ExitCode& each : cli::kExitCodes)
    EXPECT_THAT(page(),
                HasSubstr(".B " + std::to_string(each.code) + "\n" + std::string{each.sentence} + ".\n"));
}

TEST(ManPage, SaysOfEachKeyWhatTheSettingsSay) {
  const std::string text = page();
  for (const settings::Key& key : settings::keys()) {
    EXPECT_THAT(text, HasSubstr(bold(settings::leaf_of(key.path)) + '\n')) << key.path;
    EXPECT_THAT(text, HasSubstr(prose(key.sentence))) << key.path;
  }
}

}  // namespace
}  // namespace sas::manual
