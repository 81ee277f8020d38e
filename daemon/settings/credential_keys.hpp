// SPDX-License-Identifier: Apache-2.0
#pragma once
// The keys below targets[].credentials: a part of the table in keys.cpp.

#include <array>

#include "settings/checks.hpp"
#include "settings/credential_checks.hpp"
#include "settings/credential_rules.hpp"
#include "settings/declare.hpp"

namespace sas::settings {

constexpr Words kSourceTypes = Words{kCredentialTypes}.first(kCredentialTypes.size() - 1);  // all but a role
constexpr std::array<std::string_view, 2> kStsNetworks{"public", "vpc"};

constexpr std::array kCredentialKeys{
    credentials<&Credentials::type>({.path = "targets[].credentials.type",
                                     .shape = one_of(kCredentialTypes),
                                     .default_text = "default",
                                     .sentence = "default looks where the official SDKs look: the "
                                                 "environment, RRSA's variables, ~/.aliyun/config.json, "
                                                 "~/.alibabacloud/credentials, the ECS instance's role, "
                                                 "ALIBABA_CLOUD_CREDENTIALS_URI; the first that "
                                                 "has a key is kept to. access_key is a long-lived key, sts "
                                                 "a temporary one that something else renews."}),
    credentials<&Credentials::access_key_id>({.path = "targets[].credentials.access_key_id",
                                              .shape = hidden(check_key),
                                              .example = "${ACCESS_KEY_ID}",
                                              .presence = Presence::one_of,
                                              .sentence = "Of types access_key and sts, also as source."}),
    credentials<&Credentials::access_key_id_file>({.path = "targets[].credentials.access_key_id_file",
                                                   .shape = any(),
                                                   .example = "/run/credentials/access_key_id",
                                                   .presence = Presence::one_of,
                                                   .sentence = "File that holds it, instead."}),
    credentials<&Credentials::access_key_secret>(
        {.path = "targets[].credentials.access_key_secret",
         .shape = hidden(check_key),
         .example = "${ACCESS_KEY_SECRET}",
         .presence = Presence::one_of,
         .sentence = "Of types access_key and sts, also as source."}),
    credentials<&Credentials::access_key_secret_file>({.path = "targets[].credentials.access_key_secret_file",
                                                       .shape = any(),
                                                       .example = "/run/credentials/access_key_secret",
                                                       .presence = Presence::one_of,
                                                       .sentence = "File that holds it, instead."}),
    credentials<&Credentials::security_token>({.path = "targets[].credentials.security_token",
                                               .shape = hidden(check_key),
                                               .example = "${SECURITY_TOKEN}",
                                               .presence = Presence::one_of,
                                               .sentence = "Of type sts, also as source."}),
    credentials<&Credentials::security_token_file>({.path = "targets[].credentials.security_token_file",
                                                    .shape = any(),
                                                    .example = "/run/credentials/security_token",
                                                    .presence = Presence::one_of,
                                                    .sentence = "File that holds it, instead."}),
    credentials<&Credentials::role_arn>(
        {.path = "targets[].credentials.role_arn",
         .shape = checked(check_role_arn),
         .example = "acs:ram::1234567890123456:role/sas-operation-exporter",
         .presence = Presence::one_of,
         .sentence = "The role to assume. Of ram_role_arn; of oidc_role_arn, where ALIBABA_CLOUD_ROLE_ARN is "
                     "taken without it."}),
    credentials<&Credentials::source>(
        {.path = "targets[].credentials.source",
         .shape = one_of(kSourceTypes),
         .default_text = "default",
         .sentence = "Of ram_role_arn: the type of the credentials that the role is assumed with; their own "
                     "keys stand beside it."}),
    credentials<&Credentials::source_role_arn>(
        {.path = "targets[].credentials.source_role_arn",
         .shape = checked(check_role_arn),
         .example = "acs:ram::1234567890123456:role/in-the-cluster",
         .sentence =
             "Of source oidc_role_arn: the role that the token gives; ALIBABA_CLOUD_ROLE_ARN without it."}),
    credentials<&Credentials::via>(
        {.path = "targets[].credentials.via",
         .shape = within("0", "8", check_role_arn),
         .default_text = "[]",
         .sentence =
             "Of ram_role_arn: roles to assume on the way to role_arn, one with the other, in this order."}),
    credentials<&Credentials::role_session_name>(
        {.path = "targets[].credentials.role_session_name",
         .shape = checked(check_session_name),
         .example = "security-watch",
         .sentence = "How the session is called in the audit log; ALIBABA_CLOUD_ROLE_SESSION_NAME, else "
                     "sas-operation-exporter, without it. Of ram_role_arn and oidc_role_arn, as are the next "
                     "ones but "
                     "external_id."}),
    credentials<&Credentials::session_duration>(
        {.path = "targets[].credentials.session_duration",
         .shape = within("15m", "12h"),
         .default_text = "1h",
         .sentence =
             "How long a session lasts, at most as long as the role allows; renewed ahead of its end."}),
    credentials<&Credentials::policy>(
        {.path = "targets[].credentials.policy",
         .shape = checked(check_policy),
         .example = "'{\"Version\": \"1\", \"Statement\": []}'",
         .sentence = "RAM policy as JSON on one line that narrows what the session may do."}),
    credentials<&Credentials::external_id>(
        {.path = "targets[].credentials.external_id",
         .shape = checked(check_external_id),
         .example = "what-the-other-account-gave",
         .sentence = "Of ram_role_arn: what the role's trust policy asks for, against confused deputies."}),
    credentials<&Credentials::sts_region>(
        {.path = "targets[].credentials.sts_region",
         .shape = checked(check_region),
         .example = "cn-hangzhou",
         .sentence =
             "Region whose STS is asked; ALIBABA_CLOUD_STS_REGION, else the central one, without it."}),
    credentials<&Credentials::sts_network>(
        {.path = "targets[].credentials.sts_network",
         .shape = one_of(kStsNetworks),
         .default_text = "public",
         .sentence = "vpc reaches the STS of sts_region from within a VPC."}),
    credentials<&Credentials::sts_endpoint>(
        {.path = "targets[].credentials.sts_endpoint",
         .shape = checked(check_endpoint),
         .example = "https://sts.aliyuncs.com",
         .sentence = "Instead of sts_region: https://host or https://host:port."}),
    credentials<&Credentials::oidc_provider_arn>(
        {.path = "targets[].credentials.oidc_provider_arn",
         .shape = checked(check_oidc_provider_arn),
         .example = "acs:ram::1234567890123456:oidc-provider/ack-rrsa-c1234",
         .sentence = "Of oidc_role_arn, also as source; ALIBABA_CLOUD_OIDC_PROVIDER_ARN without it."}),
    credentials<&Credentials::oidc_token_file>(
        {.path = "targets[].credentials.oidc_token_file",
         .example = "/var/run/secrets/ack.alibabacloud.com/rrsa-tokens/token",
         .sentence = "Of oidc_role_arn, also as source: read afresh for each session; "
                     "ALIBABA_CLOUD_OIDC_TOKEN_FILE without it."}),
    credentials<&Credentials::role_name>(
        {.path = "targets[].credentials.role_name",
         .shape = checked(check_role_name),
         .example = "sas-operation-exporter",
         .sentence = "Of ecs_ram_role, also as source; without it the instance is asked which role it has."}),
    credentials<&Credentials::imdsv1>(
        {.path = "targets[].credentials.imdsv1",
         .default_text = "true",
         .sentence =
             "Of ecs_ram_role, also as source: whether to ask the metadata service without a token where "
             "it gives none."}),
    credentials<&Credentials::uri>(
        {.path = "targets[].credentials.uri",
         .shape = hidden(check_uri),
         .example = "http://127.0.0.1:8080/credentials",
         .sentence = "Of credentials_uri, also as source; ALIBABA_CLOUD_CREDENTIALS_URI without it."}),
    credentials<&Credentials::profile>(
        {.path = "targets[].credentials.profile",
         .example = "production",
         .sentence =
             "Of profile, also as source: which of the CLI's profiles; ALIBABA_CLOUD_PROFILE, else the "
             "file's current one, without it."}),
    credentials<&Credentials::config_file>(
        {.path = "targets[].credentials.config_file",
         .example = "/etc/sas-operation-exporter/aliyun.json",
         .sentence = "Of profile, also as source: the CLI's configuration; ALIBABA_CLOUD_CONFIG_FILE, else "
                     "~/.aliyun/config.json, without it. Read again whenever it changes."}),
};

}  // namespace sas::settings
