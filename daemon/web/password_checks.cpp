// SPDX-License-Identifier: Apache-2.0
#include "web/password_checks.hpp"

#include <algorithm>
#include <string>
#include <system_error>
#include <utility>

#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <fmt/format.h>

#include "runtime/nonce.hpp"
#include "signing/digest.hpp"
#include "web/bcrypt.hpp"

namespace sas::web {
namespace {

constexpr std::size_t kMostWaiting = 16;
constexpr std::size_t kMostRemembered = 256;  // of each kind

/// Hashes look like `$2y$10$…`, and a higher number costs more.
std::string_view cost_of(const settings::User& user) {
  return user.hash.reveal().substr(4, 2);
}

const settings::User& costliest(const std::vector<settings::User>& users) {
  return *std::max_element(
      users.begin(), users.end(),
      [](const settings::User& left, const settings::User& right) { return cost_of(left) < cost_of(right); });
}

}  // namespace

PasswordChecks::PasswordChecks(asio::any_io_executor loop)
    : loop_(std::move(loop)), salt_(runtime::fresh_nonce()), memory_(std::make_shared<Memory>()) {}

PasswordChecks::~PasswordChecks() = default;

asio::awaitable<Admission> PasswordChecks::check(BasicCredentials given,
                                                 const std::vector<settings::User>& users) {
  const auto found = std::find_if(users.begin(), users.end(),
                                  [&](const settings::User& user) { return user.name == given.user; });
  const bool is_known = found != users.end();
  const Secret hash = (is_known ? *found : costliest(users)).hash;
  const Digest key = key_of(given, hash);
  std::optional<bool> outcome = memory_->find(key);
  if (!outcome) {
    const std::shared_ptr<Running> running = under_way(key, given.password, hash);
    if (!running) co_return Admission::overloaded;
    boost::system::error_code woken;
    co_await running->ended.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    if (!running->outcome) throw boost::system::system_error(asio::error::operation_aborted);
    outcome = running->outcome;
  }
  co_return is_known&&* outcome ? Admission::granted : Admission::refused;
}

/// Each part with its length before it, so that no two different ones look alike.
PasswordChecks::Digest PasswordChecks::key_of(const BasicCredentials& given, const Secret& hash) const {
  const Secret parts(fmt::format("{}:{}{}:{}{}", given.user.size(), given.user, hash.reveal().size(),
                                 hash.reveal(), given.password.reveal()));
  return signing::hmac_sha256(salt_.reveal(), parts.reveal());
}

/// The check for this key that has not ended; null where there is no room for another.
std::shared_ptr<PasswordChecks::Running> PasswordChecks::under_way(const Digest& key, const Secret& password,
                                                                   const Secret& hash) {
  if (const auto known = memory_->running.find(key); known != memory_->running.end()) return known->second;
  if (memory_->running.size() >= kMostWaiting) return nullptr;
  try {
    if (!thread_) thread_ = std::make_unique<asio::thread_pool>(1);
  } catch (const std::system_error&) {
    return nullptr;
  }
  auto running = std::make_shared<Running>(loop_);
  memory_->running.emplace(key, running);
  // The thread hands on all that it shares with the loop, so that it owns none of it at its end.
  asio::post(*thread_,
             [loop = loop_, memory = std::weak_ptr<Memory>(memory_), running, key, password, hash]() mutable {
               const bool is_right = is_password_of(password, hash);
               asio::post(loop, [memory = std::move(memory), running = std::move(running), key, is_right] {
                 running->outcome = is_right;
                 running->ended.cancel();
                 if (const auto known = memory.lock()) known->ended(key, is_right);
               });
             });
  return running;
}

std::optional<bool> PasswordChecks::Memory::find(const Digest& key) const {
  if (right.known.contains(key)) return true;
  if (wrong.known.contains(key)) return false;
  return std::nullopt;
}

void PasswordChecks::Memory::ended(const Digest& key, bool is_right) {
  running.erase(key);
  ++done;
  (is_right ? right : wrong).put(key);
}

void PasswordChecks::Keys::put(const Digest& key) {
  if (!known.insert(key).second) return;
  order.push_back(key);
  if (order.size() <= kMostRemembered) return;
  known.erase(order.front());
  order.pop_front();
}

}  // namespace sas::web
