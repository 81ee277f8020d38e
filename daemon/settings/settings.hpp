// SPDX-License-Identifier: Apache-2.0
#pragma once
// The settings of the daemon as plain values, checked and complete: whoever holds one need not doubt it.
// Their keys, defaults, bounds and sentences stand in schema.hpp.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/access_key.hpp"
#include "base/target.hpp"
#include "base/time.hpp"

namespace sas::settings {

struct Credentials {
  enum class Type : std::uint8_t {
    chain,  // `default`: where the official SDKs look, in their order
    access_key,
    sts,
    oidc_role_arn,
    ecs_ram_role,
    credentials_uri,
    profile,
    ram_role_arn,  // a role that `source` may assume
  };
  enum class StsNetwork : std::uint8_t { internet, vpc };

  Type type = Type::chain;
  std::string access_key_id;
  Secret access_key_secret;
  Secret security_token;
  std::string access_key_id_file;  // each may stand in a file instead; read again whenever it changes
  std::string access_key_secret_file;
  std::string security_token_file;

  std::string role_arn;
  Type source = Type::chain;
  std::string source_role_arn;   // of source oidc_role_arn
  std::vector<std::string> via;  // roles between the source and role_arn
  std::string role_session_name;
  Milliseconds session_duration{};
  std::string policy;
  std::string external_id;
  std::string sts_region;
  StsNetwork sts_network = StsNetwork::internet;
  std::string sts_endpoint;

  std::string oidc_provider_arn;  // what is empty from here on: the environment says, or whoever is asked
  std::string oidc_token_file;
  std::string role_name;
  bool imdsv1 = true;
  std::string uri;
  std::string profile;
  std::string config_file;

  std::string ca_file;  // the target's own, trusted where STS or a URI is asked as well

  friend bool operator==(const Credentials&, const Credentials&) = default;
};

enum class Network : std::uint8_t { internet, vpc };

struct WatchedTarget {
  Target target;       // site and network are resolved to its endpoint; http:// only where it was written out
  std::string region;  // that stood in place of a site; empty: none did
  Network network = Network::internet;
  Credentials credentials;

  friend bool operator==(const WatchedTarget&, const WatchedTarget&) = default;
};

struct Poll {
  Milliseconds interval{};
  Milliseconds idle_interval{};
  double jitter = 0;
  int page_size = 0;
  Milliseconds lookback{};
  Milliseconds request_timeout{};
  double max_requests_per_second = 0;
  int max_retries = 0;

  friend bool operator==(const Poll&, const Poll&) = default;
};

struct Metrics {
  bool task_series = true;
  Milliseconds task_retention{};
  std::int64_t max_tasks = 0;
  Milliseconds hold{};

  friend bool operator==(const Metrics&, const Metrics&) = default;
};

/// A completed check of the type is expected at least so often.
struct ExpectedCheck {
  std::string task_type = {};
  Milliseconds within{};

  friend bool operator==(const ExpectedCheck&, const ExpectedCheck&) = default;
};

/// Alerts that nobody is told of: those that all of what is given here fits. At least one of it is given.
struct Silence {
  std::string alert = {};  // empty: any
  std::string target = {};
  std::string task_type = {};

  friend bool operator==(const Silence&, const Silence&) = default;
};

struct Sink {
  enum class Type : std::uint8_t { log, alertmanager, webhook };
  enum class Format : std::uint8_t { json, dingtalk, feishu };

  Type type = Type::log;
  std::string name = {};      // label `sink`; unique
  Secret url = {};            // alertmanager: its base, without a slash at its end; webhook: all of it
  std::string url_file = {};  // webhook: it may stand in a file instead, as the secrets below may
  std::vector<std::string> urls = {};  // alertmanager, instead of url: all members of a cluster
  Format format = Format::json;        // webhook
  Secret secret = {};                  // dingtalk, feishu: signs what is sent; empty: it is not signed
  std::string secret_file = {};
  Secret bearer_token = {};  // alertmanager, webhook as json
  std::string bearer_token_file = {};
  std::string ca_file = {};  // PEM trusted besides the system's
  bool transitions = false;  // webhook: every step of a task's life as well, not only alerts

  friend bool operator==(const Sink&, const Sink&) = default;
};

struct Alerts {
  Milliseconds stalled_after{};  // zero switches a rule off
  Milliseconds not_started_after{};
  Milliseconds running_longer_than{};
  bool learn_durations = true;
  std::vector<ExpectedCheck> expect;  // a type once
  Milliseconds poll_failing_after{};
  Milliseconds credentials_expiring_within{};
  Milliseconds contract_drift_for{};  // how long a breach of the contract is worth an alert
  bool failed_subtasks = true;        // read ListOperationProcessDetail of tasks that ended
  std::vector<Silence> silence;
  std::string runbook_url;  // prefix of the runbooks' addresses, with a slash at its end; empty: no links
  std::vector<Sink> sinks;  // where transitions and alerts go; empty: nowhere

  friend bool operator==(const Alerts&, const Alerts&) = default;
};

enum class LogLevel : std::uint8_t { debug, info, warn, error };
enum class LogFormat : std::uint8_t { logfmt, json };

struct Log {
  LogLevel level = LogLevel::info;
  LogFormat format = LogFormat::logfmt;

  friend bool operator==(const Log&, const Log&) = default;
};

struct State {
  std::string file;  // empty: memory only

  friend bool operator==(const State&, const State&) = default;
};

struct Web {
  std::vector<std::string> listen_address;  // host:port, [v6]:port
  bool systemd_socket = false;              // the sockets that systemd hands over instead
  std::string config_file;                  // TLS and users, see web_config.hpp; empty: neither
  std::string telemetry_path = "/metrics";
  std::string external_url;  // empty: the pages are seen where they are served
  std::string route_prefix;  // empty: the path of external_url
  bool health_without_auth = false;

  friend bool operator==(const Web&, const Web&) = default;
};

struct Settings {
  std::vector<WatchedTarget> targets;
  Poll poll;
  Metrics metrics;
  Alerts alerts;
  State state;
  Web web;
  Log log;

  friend bool operator==(const Settings&, const Settings&) = default;
};

}  // namespace sas::settings
