// SPDX-License-Identifier: Apache-2.0
#include "web/admission.hpp"

#include <memory>
#include <utility>

#include "runtime/clock.hpp"
#include "web/basic_credentials.hpp"
#include "web/routes.hpp"

namespace sas::web {
namespace {

Answer who_are_you() {
  Answer answer = plain(401, "User and password are needed.");
  answer.asks_who = true;
  return answer;
}

}  // namespace

asio::awaitable<std::optional<Answer>> refusal(ServerState& state, const Request& request) {
  const std::shared_ptr<const WebConfig> config = state.config;  // it may be replaced while this waits
  if (state.tokens && !state.tokens->take(runtime::Clock::now()))
    co_return plain(429, "Too many requests: there is a rate limit.");
  if (config->users.empty()) co_return std::nullopt;
  if (state.site.paths.health_without_auth && asks_for_health(state.site, request)) co_return std::nullopt;
  std::optional<BasicCredentials> given = basic_credentials(request.authorization);
  if (!given) co_return who_are_you();
  const Admission admission = co_await state.passwords.check(std::move(*given), config->users);
  state.log.debug("passwords checked with bcrypt since the start", {{"count", state.passwords.done()}});
  if (admission == Admission::overloaded) co_return overloaded("Too many passwords are being checked.");
  if (admission == Admission::refused) co_return who_are_you();
  co_return std::nullopt;
}

}  // namespace sas::web
