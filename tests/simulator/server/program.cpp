// SPDX-License-Identifier: Apache-2.0
#include "simulator/server/program.hpp"

#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include "runtime/signals.hpp"
#include "runtime/task_group.hpp"
#include "runtime/timer.hpp"
#include "simulator/server/certificates.hpp"
#include "simulator/server/session.hpp"

namespace sas::simulator {
namespace {

using asio::ip::tcp;

constexpr Milliseconds kJournalPause{50};
constexpr Milliseconds kLastMoment{1'000};

Scenario load_scenario(const Options& options) {
  std::ifstream file(options.scenario, std::ios::binary);
  if (!file) throw std::runtime_error(fmt::format("cannot read the scenario {}", options.scenario));
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  Result<Scenario> scenario = parse_scenario(text, options.scenario);
  if (scenario && options.tasks) scenario = with_tasks(std::move(*scenario), *options.tasks);
  if (!scenario) throw std::runtime_error(scenario.error().message);
  return std::move(*scenario);
}

asio::ssl::context tls_context(const Options& options) {
  asio::ssl::context tls(asio::ssl::context::tls_server);
  if (!options.tls) return tls;
  boost::system::error_code failure;
  tls.use_certificate_chain_file(options.certificate_file, failure);
  if (failure) throw std::runtime_error(fmt::format("{}: {}", options.certificate_file, failure.message()));
  tls.use_private_key_file(options.key_file, asio::ssl::context::pem, failure);
  if (failure) throw std::runtime_error(fmt::format("{}: {}", options.key_file, failure.message()));
  return tls;
}

tcp::acceptor listen(asio::io_context& loop, const Options& options) {
  boost::system::error_code failure;
  const auto found = tcp::resolver(loop).resolve(options.host, std::to_string(options.port), failure);
  if (failure) throw std::runtime_error(fmt::format("--listen: {}: {}", options.host, failure.message()));
  const tcp::endpoint endpoint = found.begin()->endpoint();
  tcp::acceptor acceptor(loop);
  acceptor.open(endpoint.protocol());
  acceptor.set_option(tcp::acceptor::reuse_address(true));
  acceptor.bind(endpoint, failure);
  if (failure)
    throw std::runtime_error(
        fmt::format("cannot listen on {}:{}: {}", options.host, options.port, failure.message()));
  acceptor.listen();
  return acceptor;
}

void tell_address(const tcp::endpoint& at, bool tls) {
  const std::string host = at.address().to_string();
  std::cout << fmt::format("listening on {}://{}:{}", tls ? "https" : "http",
                           at.address().is_v6() ? "[" + host + "]" : host,
                           at.port())
            << std::endl;  // at once: somebody waits for the line
}

void tell_failure(const std::string& name, const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& thrown) {
    std::cerr << fmt::format("sas-simulator: {}: {}\n", name, thrown.what());
  }
}

asio::awaitable<void> accept_all(tcp::acceptor& acceptor, runtime::TaskGroup& sessions, Site& site) {
  while (true) {
    tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
    sessions.spawn("session", serve(std::move(socket), site));
  }
}

asio::awaitable<void> keep_journal(Site& site) {
  while (true) {
    site.recorder.record_steps(site.clock.now().simulated);
    co_await runtime::sleep_for(kJournalPause);
  }
}

asio::awaitable<void> until_signal(tcp::acceptor& acceptor, Site& site) {
  runtime::TaskGroup tasks(acceptor.get_executor(), tell_failure);
  tasks.spawn("accepting", accept_all(acceptor, tasks, site));
  tasks.spawn("journal", keep_journal(site));
  co_await runtime::stop_signal();
  site.recorder.record_steps(site.clock.now().simulated);
  tasks.request_stop();
  const Instant deadline = runtime::Clock::now() + kLastMoment;
  co_await tasks.join(deadline);
}

}  // namespace

void run(const Options& options) {
  if (!options.make_ca.empty()) make_certificates(options.make_ca);
  if (options.scenario.empty()) return;
  asio::io_context loop(1);
  asio::ssl::context tls = tls_context(options);
  const SimulatedClock clock(options.start, options.time_scale);
  Service service(load_scenario(options), options.seed, clock.start(), options.access_keys);
  Recorder recorder(service.world(), options.journal, options.requests);
  recorder.record_steps(clock.start());  // the past, before anybody asks
  KeyFile keys(options.keys);
  Site site{.service = service,
            .clock = clock,
            .recorder = recorder,
            .keys = keys,
            .tls = options.tls ? &tls : nullptr};
  tcp::acceptor acceptor = listen(loop, options);
  tell_address(acceptor.local_endpoint(), options.tls);
  std::exception_ptr failure;
  asio::co_spawn(loop, until_signal(acceptor, site), [&](const std::exception_ptr& thrown) {
    failure = thrown;
    loop.stop();
  });
  loop.run();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace sas::simulator
