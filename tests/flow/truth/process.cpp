// SPDX-License-Identifier: Apache-2.0
#include "flow/truth/process.hpp"

#include <stdexcept>
#include <variant>

#include "credentials/static_key.hpp"
#include "flow/truth/lagging_source.hpp"
#include "runtime/clock.hpp"

namespace sas::flow {
namespace {

Target target() {
  return {.name = "production",
          .endpoint = "https://sas.invalid",
          .ca_file = {},
          .task_types = {},
          .task_sources = {}};
}

polling::WatchedTarget::Limits limits_of(const Plan& plan) {
  using namespace std::chrono_literals;
  return {.page_size = plan.page_size,
          .cadence = plan.cadence,
          .pipeline = {.show = {.task_series = true, .task_retention = 1h, .max_tasks = 10'000},
                       .alerts = {.stalled_after = 10min,
                                  .not_started_after = 3min,
                                  .running_longer_than = 20min,
                                  .ended_for = 1h},
                       .lookback = plan.lookback}};
}

cloud::CallSettings calls() {
  cloud::CallSettings settings;
  settings.target = target();
  return settings;
}

std::unique_ptr<credentials::Provider> key() {
  return std::make_unique<credentials::StaticKey>(
      AccessKey{.id = "LTAI-truth", .secret = Secret("s3cret"), .security_token = Secret()});
}

Time wall_time(Instant instant) {
  return runtime::wall_now() - std::chrono::floor<Milliseconds>(runtime::Clock::now() - instant);
}

}  // namespace

class Process::Sink final : public support::PlainSink {
 public:
  explicit Sink(Process& process) : process_(process) {}

  void take(std::string_view, const tasks::Transition& step) override {
    if (process_.store_.is_dead()) return;
    Told told{.task_id = step.task.id,
              .step = {.from = step.from,
                       .to = step.to,
                       .inferred = step.observed == tasks::Observed::inferred,
                       .at = runtime::wall_now()}};
    if (!process_.tampering_.telling) {
      process_.told_.push_back(std::move(told));
      return;
    }
    for (Told& one : process_.tampering_.telling(std::move(told)))
      process_.told_.push_back(std::move(one));
  }
  void take(const policy::AlertChange&) override {}

 private:
  Process& process_;
};

Process::Process(boost::asio::any_io_executor executor, const Plan& plan, DirectClient& client,
                 std::string text, const Tampering& tampering)
    : plan_(plan),
      tampering_(tampering),
      store_(std::move(text)),
      dispatcher_(sinks()),
      keeper_(plan.keeps_state ? &store_ : nullptr, executor, registry_, log_),
      budgets_(plan.max_requests_per_second),
      random_(plan.seed),
      source_(cloud::make_operations_source(
          calls(), key(),
          {.http = client,
           .budgets = budgets_,
           .metrics = metrics_,
           .key = key_,
           .log = log_,
           .random = [this] { return std::uniform_real_distribution<double>(0, 1)(random_); }})),
      watched_(target(), limits_of(plan), wrapped_source(), metrics_, dispatcher_, key_, keeper_, log_),
      group_(executor, [](const std::string& name, const std::exception_ptr&) {
        throw std::logic_error(name + " ended by an exception");
      }) {
  if (tampering_.loses_ticks) store_.lose_ticks();
}

cloud::OperationsSource& Process::wrapped_source() {
  if (plan_.stale_share > 0)
    source_ = std::make_unique<LaggingSource>(std::move(source_), plan_.stale_share, plan_.seed);
  if (tampering_.source) source_ = tampering_.source(std::move(source_));
  return *source_;
}

std::vector<std::unique_ptr<alerts::Sink>> Process::sinks() {
  std::vector<std::unique_ptr<alerts::Sink>> sinks;
  sinks.push_back(std::make_unique<Sink>(*this));
  return sinks;
}

void Process::start() {
  group_.spawn("process", run());
}

boost::asio::awaitable<void> Process::run() {
  std::vector<std::string> names{"production"};
  std::vector<snapshot::TargetState> states = co_await keeper_.load(names);
  for (snapshot::TargetState& state : states)
    watched_.pipeline().restore(std::move(state));
  const Instant first = runtime::Clock::now();
  std::function<double()> jitter = [this] { return std::uniform_real_distribution<double>(0, 1)(random_); };
  co_await watched_.keep_polling(first, jitter);
}

void Process::note_look(std::vector<Look>& looks) {
  const policy::TargetHealth& health = watched_.health();
  if (health.last_success == last_look_) return;
  last_look_ = health.last_success;
  const snapshot::TargetMark mark = watched_.pipeline().mark();
  const Time began = wall_time(*health.last_success);
  if (mark.last_complete != began) return;  // the list contradicted itself: complete, but not settled
  looks.push_back({.began = began, .ended = wall_time(health.last_sign), .since = *mark.listed_since});
}

}  // namespace sas::flow
