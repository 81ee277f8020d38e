// SPDX-License-Identifier: Apache-2.0
#include "doctor/identity_checks.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include "doctor/phrases.hpp"
#include "settings/credential_rules.hpp"

namespace sas::doctor {
namespace {

using Type = settings::Credentials::Type;

std::string remedy_for_credentials(const Error& error, Type type) {
  if (std::string remedy = remedy_for_key(error); !remedy.empty()) return remedy;
  switch (error.cause) {
    case ErrorCause::configuration:
      return type == Type::chain
                 ? "Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, give the machine or "
                   "the pod a RAM role, or write the target's credentials into the settings."
                 : "Put right what is named there, or choose another credentials.type.";
    case ErrorCause::permission:
      return "Grant sts:AssumeRole to whoever asks, and name it in the role's trust policy.";
    case ErrorCause::parameter:
      return "Check the role's ARN, the session's duration and policy, and the identity provider's ARN.";
    default:
      return "Make sure that this machine reaches who gives the key; the exporter itself keeps trying.";
  }
}

boost::json::array passed_over_fact(const std::vector<credentials::PassedOver>& passed_over) {
  boost::json::array list;
  for (const credentials::PassedOver& passed : passed_over)
    list.push_back({{"provider", passed.provider}, {"reason", passed.reason}});
  return list;
}

std::string passed_over_text(const std::vector<credentials::PassedOver>& passed_over) {
  std::string text;
  for (const credentials::PassedOver& passed : passed_over)
    text += fmt::format("{}{}: {}", text.empty() ? "; passed over: " : "; ", passed.provider, passed.reason);
  return text;
}

bool is_about_key(ErrorCause cause) {
  return cause == ErrorCause::key || cause == ErrorCause::signature || cause == ErrorCause::token;
}

}  // namespace

std::string remedy_for_key(const Error& error) {
  switch (error.cause) {
    case ErrorCause::key:
      return "Check in the RAM console that the access key exists and is active, and that its id was copied "
             "whole and without blanks.";
    case ErrorCause::signature:
      return "The secret does not belong to the access key's id: copy both anew, or create another key.";
    case ErrorCause::token:
      return "Renew the security token; it belongs to one key, and ends with it.";
    case ErrorCause::clock:
      return "Set this machine's clock, by chrony or timedatectl set-ntp true.";
    default:
      return {};
  }
}

Check credentials_check(const FoundKey& found, Type type, Time now) {
  Check check{.step = Step::credentials,
              .facts = {{"type", settings::kCredentialTypes[static_cast<std::size_t>(type)]},
                        {"provider", found.provider},
                        {"passed_over", passed_over_fact(found.passed_over)}}};
  if (!found.key) {
    check.status = Status::failed;
    check.finding = told(found.key.error());
    check.remedy = remedy_for_credentials(found.key.error(), type);
    return check;
  }
  const AccessKey& key = *found.key;
  check.facts["access_key_id_suffix"] = id_suffix(key.id);
  check.facts["is_temporary"] = !key.security_token.empty();
  check.facts["expires"] = time_fact(key.expiration);
  check.finding = fmt::format("key {} from {}", masked_id(key.id), found.provider);
  if (key.expiration) check.finding += fmt::format(", which expires {}", moment(*key.expiration, now));
  check.finding += passed_over_text(found.passed_over);
  if (key.expiration && *key.expiration <= now) {
    check.status = Status::warning;
    check.remedy = "Renew the key where it comes from, or set this machine's clock.";
  }
  return check;
}

Check identity_check(const Result<credentials::CallerIdentity>& identity, const std::string& sts_endpoint) {
  if (!identity) {
    const Error error = identity.error();
    const bool is_key = is_about_key(error.cause);
    return {.step = Step::identity,
            .status = is_key ? Status::failed : Status::warning,
            .finding = fmt::format("{} does not say whose key it is: {}", sts_endpoint, told(error)),
            .remedy = is_key ? remedy_for_key(error)
                             : "Nothing but this check depends on it. ALIBABA_CLOUD_STS_REGION, and "
                               "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED=true within a VPC, name an STS nearer by.",
            .facts = {{"sts_endpoint", sts_endpoint}}};
  }
  Check check{.step = Step::identity,
              .finding = fmt::format("{} of account {}", identity->arn, identity->account_id),
              .facts = {{"sts_endpoint", sts_endpoint},
                        {"account_id", identity->account_id},
                        {"arn", identity->arn},
                        {"type", identity->type}}};
  if (identity->arn.ends_with(":root")) {
    check.status = Status::warning;
    check.remedy =
        "This key may do everything in the account: use one of a RAM user or role with the least "
        "policy instead (ram-policy.json).";
  }
  return check;
}

}  // namespace sas::doctor
