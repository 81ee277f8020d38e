// SPDX-License-Identifier: Apache-2.0
#include "credentials/role_fields.hpp"

#include <charconv>

#include <fmt/format.h>

namespace sas::credentials {
namespace {

constexpr int kShortest = 900;  // AssumeRole, DurationSeconds; the longest is the role's own
constexpr int kLongest = 43'200;

}  // namespace

Result<RoleSession> read_session(const RoleFields& fields, const Variables& variables,
                                 const std::string& where) {
  RoleSession session{.role_arn = or_variable(fields.role_arn, variables, "ALIBABA_CLOUD_ROLE_ARN"),
                      .session_name = fields.session_name,
                      .policy = fields.policy,
                      .external_id = fields.external_id};
  if (session.role_arn.empty())
    return not_configured(
        fmt::format("{}: the role's ARN is missing, and ALIBABA_CLOUD_ROLE_ARN is not set or empty", where));
  const std::string region = or_variable(fields.region, variables, "ALIBABA_CLOUD_STS_REGION");
  const bool vpc = fields.vpc || is_true(variables("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED"));
  session.endpoint = fields.endpoint.empty() ? sts_endpoint(region, vpc) : "https://" + fields.endpoint;
  if (fields.seconds.empty() || fields.seconds == "0") return session;
  int seconds = 0;
  const char* const end = fields.seconds.data() + fields.seconds.size();
  const auto [stop, fault] = std::from_chars(fields.seconds.data(), end, seconds);
  if (fault != std::errc{} || stop != end || seconds < kShortest || seconds > kLongest)
    return not_configured(fmt::format("{}: the session's seconds are no whole number from {} to {}", where,
                                      kShortest, kLongest));
  session.duration = std::chrono::seconds{seconds};
  return session;
}

}  // namespace sas::credentials
