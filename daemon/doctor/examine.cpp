// SPDX-License-Identifier: Apache-2.0
#include "doctor/examine.hpp"

#include <chrono>
#include <map>
#include <utility>

#include "api/list_operation_process.hpp"
#include "api/list_operation_process_detail.hpp"
#include "credentials/caller_identity.hpp"
#include "doctor/budget_check.hpp"
#include "doctor/connection_checks.hpp"
#include "doctor/identity_checks.hpp"
#include "doctor/service_checks.hpp"
#include "http/probe.hpp"
#include "runtime/clock.hpp"
#include "runtime/timer.hpp"

namespace sas::doctor {
namespace {

using std::chrono::seconds;

// A program that prints a key has a minute.
constexpr Milliseconds kCredentialsMayTake = seconds{70};
constexpr Milliseconds kIdentityMayTake = seconds{10};
// On top of the attempts themselves: a pause that the service asks for.
constexpr Milliseconds kPauseMayTake = seconds{30};
// Enough to put a clock or a token right; a service that fails more than once is to be told of.
constexpr int kRetries = 1;

// No task has it. Who may look at details gets an empty list.
constexpr const char* kNobodysTask = "00000000-0000-0000-0000-000000000000";

cloud::CallSettings call_settings(const Subject& subject, Milliseconds queue) {
  cloud::CallSettings call;
  call.target = subject.settings.target;
  call.request_timeout = subject.poll.request_timeout;
  call.retry.max_retries = kRetries;
  call.retry.longest_wait = kPauseMayTake + queue;
  return call;
}

Instant in(Milliseconds limit) {
  return runtime::Clock::now() + limit;
}

class Visit {
 public:
  Visit(Subject subject, Means means)
      : subject_(std::move(subject)),
        means_(std::move(means)),
        client_(call_settings(subject_, means_.queue), subject_.credentials, means_.calls) {
    examined_.examination.target = target().name;
    examined_.examination.endpoint = target().endpoint;
  }

  asio::awaitable<void> reach();
  asio::awaitable<void> identify();
  asio::awaitable<void> ask();

  Examined take() { return std::move(examined_); }

 private:
  asio::awaitable<DatedAnswer> ask_the_time();
  asio::awaitable<Result<void>> list(Result<tasks::Page>& page);
  asio::awaitable<Result<void>> list_details(std::string task_id);
  asio::awaitable<Result<void>> call(std::string_view action, const api::Query& query,
                                     const cloud::SignedClient::Reader& read);

  [[nodiscard]] const Target& target() const { return subject_.settings.target; }
  [[nodiscard]] Milliseconds calls_may_take() const {
    return (kRetries + 1) * subject_.poll.request_timeout + kPauseMayTake + means_.queue;
  }
  void add(Check check) { examined_.examination.checks.push_back(std::move(check)); }

  // False, and so noted, where the step needs one that did not succeed.
  bool is_open(Step step) {
    const std::optional<Step> because = blocking(step, examined_.examination.checks);
    if (because) add(skipped(step, *because));
    return !because;
  }

  Subject subject_;
  Means means_;
  cloud::SignedClient client_;
  Examined examined_;
  AccessKey key_;
  std::string arn_;  // of whose key it is; empty: not known
};

asio::awaitable<void> Visit::reach() {
  const Result<http::Probe> probe =
      co_await http::probe(target().endpoint, target().ca_file, means_.client, means_.trust);
  add(settings_check(subject_.settings, probe));
  if (is_open(Step::dns)) add(dns_check(*probe));
  if (is_open(Step::tcp)) add(tcp_check(*probe, target()));
  if (is_open(Step::tls)) add(tls_check(*probe, target(), runtime::wall_now()));
  if (!is_open(Step::clock)) co_return;
  const DatedAnswer answer = co_await ask_the_time();
  add(clock_check(answer));
}

// Whatever is answered has a date.
asio::awaitable<DatedAnswer> Visit::ask_the_time() {
  const http::Request request{.method = "GET",
                              .url = target().endpoint + "/",
                              .ca_file = target().ca_file,
                              .timeout = subject_.poll.request_timeout};
  const Time sent = runtime::wall_now();
  Result<http::Response> response = co_await means_.calls.http.exchange(request);
  co_return DatedAnswer{.response = std::move(response), .sent = sent, .received = runtime::wall_now()};
}

asio::awaitable<void> Visit::identify() {
  if (is_open(Step::credentials)) {
    Result<AccessKey> key = co_await runtime::with_deadline(subject_.credentials->get(),
                                                            in(kCredentialsMayTake), "the way to a key");
    if (key) key_ = *key;
    const FoundKey found{.key = std::move(key),
                         .provider = std::string(subject_.credentials->name()),
                         .passed_over = subject_.passed_over()};
    add(credentials_check(found, subject_.settings.credentials.type, runtime::wall_now()));
  }
  if (!is_open(Step::identity)) co_return;
  examined_.access_key_id = key_.id;
  const auto identity = co_await runtime::with_deadline(
      credentials::get_caller_identity(means_.calls.http, subject_.sts_endpoint,
                                       subject_.settings.target.ca_file, key_),
      in(kIdentityMayTake), "GetCallerIdentity");
  if (identity) arn_ = identity->arn;
  add(identity_check(identity, subject_.sts_endpoint));
}

// In the order in which they are told; the second needs a task of the first's page.
asio::awaitable<void> Visit::ask() {
  Result<tasks::Page> page = tasks::Page();
  if (is_open(Step::list_permission)) {
    const Result<void> called = co_await list(page);
    add(permission_check(Step::list_permission, called, arn_));
  }
  if (is_open(Step::detail_permission)) {
    std::string task = page && !page->tasks.empty() ? page->tasks.front().id : std::string(kNobodysTask);
    const Result<void> called = co_await list_details(std::move(task));
    add(permission_check(Step::detail_permission, called, arn_));
  }
  if (is_open(Step::page)) add(page_check(page, target(), runtime::wall_now()));
}

asio::awaitable<Result<void>> Visit::list(Result<tasks::Page>& page) {
  api::ListOperationProcessRequest request;
  request.current_page = 1;
  request.page_size = subject_.poll.page_size;
  request.task_types = target().task_types;
  request.task_sources = target().task_sources;
  const api::Query query = api::encode(request);
  api::ListOperationProcessDecoder decoder;
  const cloud::SignedClient::Reader read = [&](std::string_view body) -> Result<void> {
    page = decoder.decode(body);
    return page ? Result<void>() : page.error();
  };
  const Result<void> called = co_await call(api::kListOperationProcess, query, read);
  if (!called) page = called.error();
  co_return called;
}

asio::awaitable<Result<void>> Visit::list_details(std::string task_id) {
  api::ListOperationProcessDetailRequest request;
  request.current_page = 1;
  request.page_size = 1;
  request.task_ids = {std::move(task_id)};
  const api::Query query = api::encode(request);
  api::ListOperationProcessDetailDecoder decoder;
  const cloud::SignedClient::Reader read = [&](std::string_view body) -> Result<void> {
    const auto page = decoder.decode(body);
    return page ? Result<void>() : page.error();
  };
  co_return co_await call(api::kListOperationProcessDetail, query, read);
}

asio::awaitable<Result<void>> Visit::call(std::string_view action, const api::Query& query,
                                          const cloud::SignedClient::Reader& read) {
  co_return co_await runtime::with_deadline(client_.call(action, query, read), in(calls_may_take()),
                                            std::string(action));
}

}  // namespace

asio::awaitable<Examined> examine(Subject subject, Means means) {
  Visit visit(std::move(subject), std::move(means));
  co_await visit.reach();
  co_await visit.identify();
  co_await visit.ask();
  co_return visit.take();
}

Report conclude(std::vector<Examined> examined, const settings::Poll& poll) {
  std::map<std::string, std::size_t> targets_of;  // by access key
  for (const Examined& each : examined)
    if (each.access_key_id) ++targets_of[*each.access_key_id];
  Report report;
  for (Examined& each : examined) {
    std::optional<std::size_t> sharing;
    if (each.access_key_id) sharing = targets_of.at(*each.access_key_id);
    each.examination.checks.push_back(budget_check(poll, sharing));
    report.push_back(std::move(each.examination));
  }
  return report;
}

}  // namespace sas::doctor
