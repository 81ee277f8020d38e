// SPDX-License-Identifier: Apache-2.0
#pragma once
// One call to the Security Token Service, whatever is asked of it.

#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "base/access_key.hpp"
#include "base/result.hpp"
#include "http/client.hpp"
#include "signing/acs3_signer.hpp"

namespace sas::credentials {

namespace asio = boost::asio;

constexpr std::string_view kStsVersion = "2015-04-01";

struct StsCall {
  std::string endpoint;  // `https://host[:port]`
  std::string action;
  std::vector<signing::NameValue> parameters = {};
  std::string ca_file = {};  // trusted there besides the system's; empty: none
};

/// The answer's body where its status is 200, else what the service says is wrong. Signed with `key`; signed
/// once more where the two clocks disagree. The arguments must live until it is done.
asio::awaitable<Result<Secret>> call_sts(http::Client& http, const StsCall& call, const AccessKey& key);

/// The same of an answer to a call that was not signed. `told` is what the request held and no error may
/// repeat.
Result<Secret> sts_body(http::Response response, const Secret& told);

}  // namespace sas::credentials
