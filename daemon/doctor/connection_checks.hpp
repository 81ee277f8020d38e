// SPDX-License-Identifier: Apache-2.0
#pragma once
// Judges the way to a target's endpoint: settings, DNS, TCP, TLS, clock.

#include <vector>

#include "base/result.hpp"
#include "base/target.hpp"
#include "base/time.hpp"
#include "doctor/check.hpp"
#include "http/client.hpp"
#include "http/probe.hpp"
#include "settings/settings.hpp"

namespace sas::doctor {

/// Whether what the settings name can be used; an error of the probe says that it cannot.
Check settings_check(const settings::WatchedTarget& settings, const Result<http::Probe>& probe);

Check dns_check(const http::Probe& probe);

/// Only where the name was found.
Check tcp_check(const http::Probe& probe, const Target& target);

/// Only where there is a connection.
Check tls_check(const http::Probe& probe, const Target& target, Time now);

/// An answer to a request that was not signed, sent and received at those times of our clock.
struct DatedAnswer {
  Result<http::Response> response;
  Time sent;
  Time received;
};

Check clock_check(const DatedAnswer& answer);

}  // namespace sas::doctor
