// SPDX-License-Identifier: Apache-2.0
#include "credentials/cli_profile.hpp"

#include <vector>

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include "credentials/secret_json.hpp"
#include "credentials/variables.hpp"

namespace sas::credentials {
namespace {

namespace json = boost::json;

CliProfile read(const json::object& fields) {
  return {.name = text_of(fields, "name"),
          .mode = text_of(fields, "mode"),
          .access_key_id = text_of(fields, "access_key_id"),
          .access_key_secret = Secret(text_of(fields, "access_key_secret")),
          .sts_token = Secret(text_of(fields, "sts_token")),
          .ram_role_arn = text_of(fields, "ram_role_arn"),
          .ram_session_name = text_of(fields, "ram_session_name"),
          .ram_role_name = text_of(fields, "ram_role_name"),
          .expired_seconds = text_of(fields, "expired_seconds"),
          .policy = text_of(fields, "policy"),
          .external_id = text_of(fields, "external_id"),
          .sts_region = text_of(fields, "sts_region"),
          .sts_endpoint = text_of(fields, "sts_endpoint"),
          .enable_vpc = text_of(fields, "enable_vpc"),
          .source_profile = text_of(fields, "source_profile"),
          .oidc_provider_arn = text_of(fields, "oidc_provider_arn"),
          .oidc_token_file = text_of(fields, "oidc_token_file"),
          .credentials_uri = text_of(fields, "credentials_uri"),
          .process_command = text_of(fields, "process_command")};
}

}  // namespace

Result<CliProfile> find_cli_profile(std::string_view text, std::string_view name, const std::string& file) {
  const SecretJson json(text);
  if (json.object() == nullptr) return not_configured(fmt::format("{}: not a JSON object", file));
  const json::value* const profiles = json.object()->if_contains("profiles");
  if (profiles == nullptr || !profiles->is_array())
    return not_configured(fmt::format("{}: has no list `profiles`", file));
  std::string wanted(name);
  if (wanted.empty()) wanted = text_of(*json.object(), "current");
  if (wanted.empty())
    return not_configured(
        fmt::format("{}: does not say which profile is `current`; ALIBABA_CLOUD_PROFILE can", file));
  std::vector<std::string> names;
  for (const json::value& profile : profiles->get_array()) {
    if (!profile.is_object()) continue;
    names.push_back(text_of(profile.get_object(), "name"));
    if (names.back() == wanted) return read(profile.get_object());
  }
  return not_configured(
      fmt::format("{}: has no profile {}; there are: {}", file, wanted, fmt::join(names, ", ")));
}

}  // namespace sas::credentials
