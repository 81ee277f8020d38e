// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the providers need of the daemon, and whom they tell what they do.

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include <boost/asio/any_io_executor.hpp>

#include "base/access_key.hpp"
#include "base/result.hpp"
#include "credentials/variables.hpp"
#include "http/client.hpp"
#include "runtime/task_group.hpp"

namespace sas::credentials {

namespace asio = boost::asio;

/// A provider of the chain that was asked and gave no key.
struct PassedOver {
  std::string provider;
  std::string reason;
};

struct Observer {
  /// After each fetch of a temporary key.
  std::function<void(std::string_view provider, const Result<AccessKey>& outcome)> fetched =
      [](std::string_view, const Result<AccessKey>&) {};
  /// When the chain has found the one that it keeps to.
  std::function<void(std::string_view provider, std::span<const PassedOver> passed_over)> chosen =
      [](std::string_view, std::span<const PassedOver>) {};
  /// When the chain has found none, or one that cannot be reached just now, which is the last.
  std::function<void(std::span<const PassedOver> passed_over)> none = [](std::span<const PassedOver>) {};
};

/// What is referred to outlives the providers and all that runs in `fetches`.
struct Surroundings {
  asio::any_io_executor executor;
  http::Client& http;
  runtime::TaskGroup& fetches;     // where keys are fetched, so that whoever holds a valid one need not wait
  std::function<double()> random;  // numbers in [0, 1), for jitter
  Variables variables;
  std::string ca_file = {};  // trusted besides the system's where STS or a URI is asked; empty: none
  Observer observer = {};
};

}  // namespace sas::credentials
