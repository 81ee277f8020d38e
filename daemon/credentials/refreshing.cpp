// SPDX-License-Identifier: Apache-2.0
#include "credentials/refreshing.hpp"

#include <utility>

#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <fmt/format.h>

#include "credentials/renewal.hpp"
#include "runtime/clock.hpp"

namespace sas::credentials {
namespace {

Moment now() {
  return {.wall = runtime::wall_now(), .steady = runtime::Clock::now()};
}

}  // namespace

struct Refreshing::State {
  State(std::unique_ptr<Provider> provider, const Surroundings& surroundings)
      : source(std::move(provider)),
        random(surroundings.random),
        observer(surroundings.observer),
        fetched(surroundings.executor, Instant::max()) {}

  std::unique_ptr<Provider> source;
  std::function<double()> random;
  Observer observer;
  Renewal renewal;
  bool is_fetching = false;
  runtime::Timer fetched;  // never expires: cancelling it wakes those who wait for the fetch
};

namespace {

// Marks a fetch as under way for as long as it lives, also when it is dropped before it began.
template <class State>
class Underway {
 public:
  explicit Underway(std::shared_ptr<State> state) : state_(std::move(state)) { state_->is_fetching = true; }
  Underway(Underway&&) noexcept = default;
  Underway(const Underway&) = delete;
  Underway& operator=(const Underway&) = delete;
  Underway& operator=(Underway&&) = delete;
  ~Underway() {
    if (!state_) return;
    state_->is_fetching = false;
    state_->fetched.cancel();
  }

  [[nodiscard]] State& state() const { return *state_; }

 private:
  std::shared_ptr<State> state_;
};

template <class State>
asio::awaitable<void> fetch(Underway<State> underway) {
  State& state = underway.state();
  const Result<AccessKey> outcome = co_await state.source->get();
  if (outcome) {
    state.renewal.fetched(*outcome, now(), state.random());
  } else {
    state.renewal.failed(outcome.error(), now(), state.random());
  }
  state.observer.fetched(state.source->name(), outcome);
}

// Returns when the fetch has ended; throws where the one who waits is cancelled.
template <class State>
asio::awaitable<void> wait_for_fetch(std::shared_ptr<State> state) {
  boost::system::error_code woken;
  co_await state->fetched.async_wait(asio::redirect_error(asio::use_awaitable, woken));
  const auto cancellation = co_await asio::this_coro::cancellation_state;
  if (cancellation.cancelled() != asio::cancellation_type::none)
    throw boost::system::system_error(asio::error::operation_aborted);
}

}  // namespace

Refreshing::Refreshing(std::unique_ptr<Provider> source, const Surroundings& surroundings)
    : state_(std::make_shared<State>(std::move(source), surroundings)), fetches_(surroundings.fetches) {}

asio::awaitable<Result<AccessKey>> Refreshing::get() {
  const std::shared_ptr<State> state = state_;
  const Renewal::Step step = state->renewal.next(now());
  const bool wants_fetch = step == Renewal::Step::fetch || step == Renewal::Step::serve_and_fetch;
  if (wants_fetch && !state->is_fetching)
    fetches_.spawn(fmt::format("fetch of a key: {}", state->source->name()), fetch(Underway<State>(state)));
  if (step == Renewal::Step::fail && !state->is_fetching) co_return state->renewal.error();
  const bool must_wait = step == Renewal::Step::fetch || step == Renewal::Step::fail;
  if (must_wait && state->is_fetching) co_await wait_for_fetch(state);
  if (must_wait && !state->renewal.has_good_key(now())) co_return state->renewal.error();
  co_return state->renewal.key();
}

void Refreshing::refused(const AccessKey& key) {
  state_->renewal.refused(key, now());
}

std::string_view Refreshing::name() const {
  return state_->source->name();
}

}  // namespace sas::credentials
