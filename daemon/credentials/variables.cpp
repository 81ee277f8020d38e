// SPDX-License-Identifier: Apache-2.0
#include "credentials/variables.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace sas::credentials {

Variables process_variables() {
  return [](const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets it
    return value == nullptr ? std::string{} : std::string{value};
  };
}

std::string or_variable(std::string text, const Variables& variables, const char* name) {
  return text.empty() ? variables(name) : text;
}

bool is_true(std::string_view text) {
  constexpr std::string_view kTrue = "true";
  return std::ranges::equal(text, kTrue, {}, [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
}

Error not_configured(std::string message) {
  return {.kind = ErrorKind::give_up, .cause = ErrorCause::configuration, .message = std::move(message)};
}

}  // namespace sas::credentials
