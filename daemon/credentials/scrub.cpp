// SPDX-License-Identifier: Apache-2.0
#include "credentials/scrub.hpp"

#include <string_view>

#include "signing/canonical_request.hpp"

namespace sas::credentials {
namespace {

constexpr std::string_view kHidden = "***";
constexpr std::size_t kShortest = 8;  // of a secret; what is shorter stands in texts by chance

void replace_all(std::string& text, std::string_view what) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + kHidden.size()))
    text.replace(at, what.size(), kHidden);
}

}  // namespace

std::string scrub(std::string text, const Secret& secret) {
  if (secret.reveal().size() < kShortest) return text;
  replace_all(text, secret.reveal());
  const Secret encoded(signing::percent_encode(secret.reveal()));
  replace_all(text, encoded.reveal());
  return text;
}

}  // namespace sas::credentials
