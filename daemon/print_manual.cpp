// SPDX-License-Identifier: Apache-2.0
// A program of the build: prints the manual page or a shell's completion, so that the daemon carries neither.
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "base/version.hpp"
#include "cli/description.hpp"
#include "manual/completion.hpp"
#include "manual/man_page.hpp"

int main(int count, char** words) {
  const std::vector<std::string_view> arguments(words + 1, words + count);
  const std::string_view what = arguments.empty() ? "" : arguments.front();
  const sas::cli::Description program = sas::cli::description();
  if (what == "man" && arguments.size() == 2) {
    std::cout << sas::manual::man_page(program, sas::version(), arguments[1]);
  } else if (what == "bash") {
    std::cout << sas::manual::bash_completion(program);
  } else if (what == "zsh") {
    std::cout << sas::manual::zsh_completion(program);
  } else if (what == "fish") {
    std::cout << sas::manual::fish_completion(program);
  } else {
    std::cerr << "usage: sas-manual man YYYY-MM-DD | bash | zsh | fish\n";
    return 2;
  }
  return std::cout.flush() ? 0 : 1;
}
