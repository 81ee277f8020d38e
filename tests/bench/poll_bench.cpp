// SPDX-License-Identifier: Apache-2.0
// What a whole poll costs the daemon's thread: signing, HTTP over a kept connection to a local server,
// decoding, diffing, choosing what is shown. Beside it the least that fetching the same bytes can cost: the
// same requests over a plain socket.

#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <benchmark/benchmark.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "alerts/dispatcher.hpp"
#include "bench/canned_service.hpp"
#include "cloud/call_budgets.hpp"
#include "cloud/signed_operations_source.hpp"
#include "credentials/static_key.hpp"
#include "http/client.hpp"
#include "polling/pipeline.hpp"
#include "polling/target_poller.hpp"
#include "runtime/clock.hpp"
#include "runtime/heap.hpp"
#include "runtime/logging.hpp"
#include "telemetry/target_metrics.hpp"

namespace sas::bench {
namespace {

constexpr std::size_t kPageSize = 100;

std::vector<std::string> list_of(std::size_t tasks) {
  std::vector<std::string> pages;
  for (std::size_t page = 1; page <= tasks / kPageSize; ++page)
    pages.push_back(page_body(page, kPageSize, tasks));
  return pages;
}

// Everything between the settings and the table, as app puts it together, for one target.
class Poller {
 public:
  explicit Poller(std::uint16_t port) {
    runtime::keep_freed_memory();
    target_.endpoint = fmt::format("http://127.0.0.1:{}", port);
    cloud::CallSettings call;
    call.target = target_;
    AccessKey key;
    key.id = "TESTKEY";
    key.secret = Secret("TESTSECRET");
    source_ = cloud::make_operations_source(
        call, std::make_shared<credentials::StaticKey>(key),
        {.http = *client_, .budgets = budgets_, .metrics = metrics_, .key = key_, .log = log_, .random = [] {
           return 0.5;
         }});
    poller_ = std::make_unique<polling::TargetPoller>(target_, *source_, pipeline_,
                                                      static_cast<int>(kPageSize), [] {});
  }

  void poll() {
    polling::PollReport report;
    bool done = false;
    boost::asio::co_spawn(context_, poller_->poll(),
                          [&](const std::exception_ptr& failure, polling::PollReport ended) {
                            if (failure) std::rethrow_exception(failure);
                            report = std::move(ended);
                            done = true;
                          });
    // Not to the end of all work: the pool waits to close its idle connection.
    while (!done)
      context_.run_one();
    pipeline_.judge(runtime::wall_now());
    if (report.result != policy::PollResult::complete) {
      throw std::runtime_error(report.error ? to_string(*report.error) : std::string(report.reason));
    }
  }

  [[nodiscard]] std::size_t tasks() const { return pipeline_.table().size(); }

 private:
  static polling::PipelineLimits limits() {
    using std::chrono::hours;
    return {.show = {.task_series = true, .task_retention = hours{1}, .max_tasks = 1'000'000},
            .alerts = {.stalled_after = hours{1},
                       .not_started_after = hours{1},
                       .running_longer_than = {},
                       .ended_for = hours{1}},
            .lookback = hours{24 * 4000}};
  }

  boost::asio::io_context context_{1};
  runtime::Log log_{runtime::Level::error, runtime::Layout::logfmt};
  telemetry::Registry registry_;
  telemetry::TargetMetrics metrics_{registry_, "production"};
  policy::KeyHealth key_;
  alerts::Dispatcher dispatcher_{{}};
  std::unique_ptr<http::Client> client_ = http::make_client(context_.get_executor(), {});
  cloud::CallBudgets budgets_{1e9};
  Target target_{.name = "production", .endpoint = {}, .ca_file = {}, .task_types = {}, .task_sources = {}};
  std::unique_ptr<cloud::OperationsSource> source_;
  polling::Pipeline pipeline_{target_, limits(), metrics_, dispatcher_, key_, log_};
  std::unique_ptr<polling::TargetPoller> poller_;
};

void report(benchmark::State& state) {
  state.SetItemsProcessed(state.range(0) * state.iterations());
}

void poll(benchmark::State& state) {
  const auto tasks = static_cast<std::size_t>(state.range(0));
  const CannedService service(list_of(tasks));
  Poller poller(service.port());
  poller.poll();  // connects, and the table knows the list
  if (poller.tasks() != tasks) throw std::runtime_error("the poll did not see the whole list");
  for (auto _ : state)
    poller.poll();
  report(state);
}

int connect_to(std::uint16_t port) {
  const int connection = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(connection, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("the benchmark's server does not answer");
  }
  return connection;
}

void fetch_one(int connection, const std::string& query, std::vector<char>& buffer) {
  const std::string request =
      fmt::format("POST /?{} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n", query);
  ::send(connection, request.data(), request.size(), MSG_NOSIGNAL);
  std::size_t have = 0;
  std::size_t whole = buffer.size();
  while (have < whole) {
    const ssize_t count = ::recv(connection, buffer.data() + have, buffer.size() - have, 0);
    if (count <= 0) throw std::runtime_error("the benchmark's server hung up");
    have += static_cast<std::size_t>(count);
    if (whole == buffer.size()) {
      const std::string_view seen(buffer.data(), have);
      const std::size_t head = seen.find("\r\n\r\n");
      if (head == std::string_view::npos) continue;
      whole = head + 4 + std::strtoul(buffer.data() + seen.find("Content-Length: ") + 16, nullptr, 10);
    }
  }
}

void fetch_bytes(benchmark::State& state) {
  const auto tasks = static_cast<std::size_t>(state.range(0));
  const CannedService service(list_of(tasks));
  const int connection = connect_to(service.port());
  std::vector<char> buffer(1U << 20U);
  for (auto _ : state) {
    fetch_one(connection, "StatusCodes.1=0&StatusCodes.2=1", buffer);
    for (std::size_t page = 1; page <= tasks / kPageSize; ++page) {
      fetch_one(connection, fmt::format("CurrentPage={}", page), buffer);
    }
  }
  ::close(connection);
  report(state);
}

// The CPU column is this thread's: the server has a thread of its own.
BENCHMARK(fetch_bytes)->RangeMultiplier(10)->Range(100, 100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(poll)->RangeMultiplier(10)->Range(100, 100'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace sas::bench
