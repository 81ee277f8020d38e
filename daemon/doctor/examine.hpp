// SPDX-License-Identifier: Apache-2.0
#pragma once
// Asks what there is to be known about a target, step by step, each with a limit; the judging is elsewhere.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "cloud/signed_client.hpp"
#include "credentials/provider.hpp"
#include "credentials/surroundings.hpp"
#include "doctor/check.hpp"
#include "http/client.hpp"
#include "http/trust_store.hpp"
#include "settings/settings.hpp"

namespace sas::doctor {

namespace asio = boost::asio;

/// Who is examined.
struct Subject {
  settings::WatchedTarget settings;
  settings::Poll poll;
  std::shared_ptr<credentials::Provider> credentials;
  std::function<std::vector<credentials::PassedOver>()> passed_over;  // when the credentials have been asked
  std::string sts_endpoint;
};

/// What it takes. All of it outlives the examination.
struct Means {
  cloud::Surroundings calls;  // the target's own
  const http::ClientSettings& client;
  http::TrustStores& trust;
  Milliseconds queue{0};  // the longest that a call may have to wait for those of the other targets
};

struct Examined {
  Examination examination;                   // all but the budget
  std::optional<std::string> access_key_id;  // that signs
};

asio::awaitable<Examined> examine(Subject subject, Means means);

/// The examinations with what only all of them together tell: who shares a key's budget.
Report conclude(std::vector<Examined> examined, const settings::Poll& poll);

}  // namespace sas::doctor
