// SPDX-License-Identifier: Apache-2.0
#include "credentials/chain.hpp"

#include <utility>

#include <fmt/format.h>

namespace sas::credentials {
namespace {

bool may_pass(const Error& error) {
  return error.kind == ErrorKind::retry || error.kind == ErrorKind::wait;
}

Error unreachable(std::string_view name, const Error& reason) {
  Error error = reason;
  error.message =
      fmt::format("{} is set up, so no other credentials are looked for: {}", name, reason.message);
  return error;
}

Error nobody(const std::vector<PassedOver>& passed_over) {
  std::string reasons;
  for (const PassedOver& passed : passed_over)
    reasons += fmt::format("{}{}: {}", reasons.empty() ? "" : "; ", passed.provider, passed.reason);
  return {.kind = ErrorKind::give_up,
          .cause = ErrorCause::configuration,
          .message = fmt::format("no credentials found: {}", reasons)};
}

}  // namespace

Chain::Chain(std::vector<Link> links, std::vector<PassedOver> skipped, Observer observer)
    : links_(std::move(links)), skipped_(std::move(skipped)), observer_(std::move(observer)) {}

asio::awaitable<Result<AccessKey>> Chain::get() {
  if (chosen_) co_return co_await links_[*chosen_].provider->get();
  co_return co_await look();
}

asio::awaitable<Result<AccessKey>> Chain::look() {
  std::vector<PassedOver> passed_over = skipped_;
  for (std::size_t index = 0; index < links_.size(); ++index) {
    const Link& link = links_[index];
    Result<AccessKey> key = co_await link.provider->get();
    if (key) {
      keep_to(index, std::move(passed_over));
      co_return key;
    }
    passed_over.push_back({std::string(link.provider->name()), key.error().message});
    if (link.kind == Link::Kind::set_up && may_pass(key.error())) {
      passed_over_ = std::move(passed_over);
      observer_.none(passed_over_);
      co_return unreachable(link.provider->name(), key.error());
    }
  }
  passed_over_ = std::move(passed_over);
  observer_.none(passed_over_);
  co_return nobody(passed_over_);
}

// Whoever looked at the same time may have found it too: the first counts, and tells.
void Chain::keep_to(std::size_t index, std::vector<PassedOver> passed_over) {
  if (chosen_) return;
  chosen_ = index;
  passed_over_ = std::move(passed_over);
  observer_.chosen(name(), passed_over_);
}

void Chain::refused(const AccessKey& key) {
  if (chosen_) links_[*chosen_].provider->refused(key);
}

std::string_view Chain::name() const {
  return chosen_ ? links_[*chosen_].provider->name() : "default";
}

}  // namespace sas::credentials
