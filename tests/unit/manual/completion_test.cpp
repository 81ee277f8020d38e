// SPDX-License-Identifier: Apache-2.0
// That real shells do with it what they should is the end-to-end test manual_test's.
#include "manual/completion.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sas::manual {
namespace {

using testing::HasSubstr;

cli::Description thing() {
  return {.program = "a-thing",
          .sentence = "Does it.",
          .flags = {{.names = {"-h", "--help"},
                     .value = "",
                     .words = {},
                     .standard = "",
                     .sentence = "It's [this]: \\"},
                    {.names = {"--place"},
                     .value = "HOST:PORT",
                     .words = {},
                     .standard = "",
                     .sentence = "Where",
                     .is_repeatable = true}},
          .commands = {{.name = "go", .sentence = "Goes: on", .flags = {}}}};
}

TEST(Completion, WhatAShellWouldTakeForItsOwnIsEscaped) {
  EXPECT_THAT(zsh_completion(thing()), HasSubstr("'--help[It'\\''s \\[this\\]\\: \\\\]'\n"));
  EXPECT_THAT(zsh_completion(thing()), HasSubstr("'go:Goes\\: on'\n"));
  EXPECT_THAT(fish_completion(thing()),
              HasSubstr("complete -c a-thing -s h -l help -d 'It\\'s [this]: \\\\'\n"));
}

TEST(Completion, WhatMayComeOftenIsOfferedAgain) {
  EXPECT_THAT(zsh_completion(thing()), HasSubstr("'*--place=[Where]:HOST\\:PORT: '\n"));
}

TEST(Completion, BashHasAFunctionOfAPlainName) {
  EXPECT_THAT(bash_completion(thing()), HasSubstr("_a_thing() {\n"));
  EXPECT_THAT(bash_completion(thing()), HasSubstr("complete -F _a_thing a-thing\n"));
  EXPECT_THAT(bash_completion(thing()), HasSubstr("compgen -W '--help --place=' --"));
}

}  // namespace
}  // namespace sas::manual
