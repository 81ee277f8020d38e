// SPDX-License-Identifier: Apache-2.0
#include "web/server.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "runtime/clock.hpp"
#include "runtime/timer.hpp"
#include "web/listener.hpp"
#include "web/session.hpp"

namespace sas::web {
namespace {

runtime::TaskGroup::OnFailure log_failure(runtime::Log& log) {
  return [&log](const std::string& name, const std::exception_ptr& failure) {
    try {
      std::rethrow_exception(failure);
    } catch (const std::exception& thrown) {
      log.error("a part of the web server failed", {{"part", name}, {"reason", thrown.what()}});
    } catch (...) {
      log.error("a part of the web server failed", {{"part", name}});
    }
  };
}

/// Returns when the coroutine is cancelled, and takes the cancellation back: what follows may wait again.
asio::awaitable<void> until_cancelled() {
  runtime::Timer never(co_await asio::this_coro::executor, Instant::max());
  boost::system::error_code cancelled;
  co_await never.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  co_await asio::this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
}

}  // namespace

struct Server::Listener {
  std::string wanted;  // as a person wrote it; empty: systemd's
  asio::ip::tcp::acceptor acceptor;
  std::string address;             // as bound
  asio::ip::tcp::socket accepted;  // the newcomer, until it is admitted
  bool failing = false;            // so that a lasting failure is logged once
  bool closed = false;

  static std::shared_ptr<Listener> make(std::string wanted, asio::ip::tcp::acceptor acceptor);
  void close();
};

std::shared_ptr<Server::Listener> Server::Listener::make(std::string wanted,
                                                         asio::ip::tcp::acceptor acceptor) {
  std::string address = bound_address(acceptor);
  asio::ip::tcp::socket accepted(acceptor.get_executor());
  return std::make_shared<Listener>(Listener{.wanted = std::move(wanted),
                                             .acceptor = std::move(acceptor),
                                             .address = std::move(address),
                                             .accepted = std::move(accepted)});
}

void Server::Listener::close() {
  closed = true;
  boost::system::error_code ignored;  // nobody connects to it any more in any case
  acceptor.close(ignored);
}

Server::Server(asio::any_io_executor executor, ServerSettings settings, Site site, runtime::Log& log)
    : executor_(std::move(executor)),
      state_(std::make_shared<ServerState>(std::move(site), std::move(settings), log, executor_)),
      accepting_(executor_, log_failure(log)),
      sessions_(executor_, log_failure(log)),
      refusals_(executor_, log_failure(log)) {}

Server::~Server() = default;

Result<std::vector<std::string>> Server::listen() {
  Result<Listeners> opened = prepare(state_->settings.listen_addresses);
  if (!opened) return opened.error();
  use(std::move(*opened));
  return addresses();
}

Result<Server::Listeners> Server::prepare(const std::vector<std::string>& addresses) {
  Listeners prepared;
  if (state_->settings.systemd_socket) {
    if (!listeners_.empty()) return listeners_;
    auto inherited = inherited_listeners(executor_);
    if (!inherited) return inherited.error();
    for (asio::ip::tcp::acceptor& acceptor : *inherited)
      prepared.push_back(Listener::make({}, std::move(acceptor)));
    return prepared;
  }
  for (const std::string& wanted : addresses) {
    const auto known = std::find_if(listeners_.begin(), listeners_.end(),
                                    [&](const auto& listener) { return listener->wanted == wanted; });
    if (known != listeners_.end()) {
      prepared.push_back(*known);
      continue;
    }
    auto acceptor = open_listener(executor_, wanted);
    if (!acceptor) return acceptor.error();
    prepared.push_back(Listener::make(wanted, std::move(*acceptor)));
  }
  return prepared;
}

void Server::use(Listeners listeners) {
  const Listeners before = std::exchange(listeners_, std::move(listeners));
  const auto is_in = [](const Listeners& all, const auto& listener) {
    return std::find(all.begin(), all.end(), listener) != all.end();
  };
  for (const auto& listener : before)
    if (!is_in(listeners_, listener)) listener->close();
  if (!running_) return;
  for (const auto& listener : listeners_)
    if (!is_in(before, listener)) start(listener);
}

void Server::use(std::shared_ptr<WebConfig> config) {
  state_->use(std::move(config));
}

void Server::use(Paths paths) {
  state_->site.paths = std::move(paths);
}

std::vector<std::string> Server::addresses() const {
  std::vector<std::string> bound;
  for (const auto& listener : listeners_)
    bound.push_back(listener->address);
  return bound;
}

void Server::start(const std::shared_ptr<Listener>& listener) {
  accepting_.spawn("accepting at " + listener->address, accept_from(listener));
}

asio::awaitable<void> Server::run() {
  running_ = true;
  for (const auto& listener : listeners_)
    start(listener);
  co_await until_cancelled();
  co_await wind_down();
}

asio::awaitable<void> Server::wind_down() {
  running_ = false;
  accepting_.request_stop();
  co_await accepting_.join(runtime::Clock::now() + state_->settings.drain_timeout);
  listeners_.clear();
  state_->drain();
  const Instant deadline = runtime::Clock::now() + state_->settings.drain_timeout;
  const bool served = co_await sessions_.join(deadline);
  const bool refused = co_await refusals_.join(deadline);
  if (served && refused) co_return;
  state_->log.info("requests under way are cut off", {{"connections", connections()}});
  sessions_.request_stop();
  refusals_.request_stop();
  co_await sessions_.join(Instant::max());  // cancelled, they end at once
  co_await refusals_.join(Instant::max());
}

asio::awaitable<void> Server::accept_from(std::shared_ptr<Listener> listener) {
  while (true) {
    boost::system::error_code failure;
    co_await listener->acceptor.async_accept(listener->accepted,
                                             asio::redirect_error(asio::use_awaitable, failure));
    if (!failure) {
      admit(*listener);
      continue;
    }
    if (listener->closed) co_return;
    const auto cancelled = (co_await asio::this_coro::cancellation_state).cancelled();
    if (cancelled != asio::cancellation_type::none) co_return;
    if (!listener->failing) {
      state_->log.warn("cannot accept connections; trying again",
                       {{"address", listener->address}, {"reason", failure.message()}});
    }
    listener->failing = true;
    // Out of descriptors, say: the connection stays in the queue, and asking again at once would only burn
    // the CPU.
    co_await runtime::sleep_for(state_->settings.accept_pause);
  }
}

void Server::admit(Listener& listener) {
  if (listener.failing) state_->log.info("accepting connections again", {{"address", listener.address}});
  listener.failing = false;
  asio::ip::tcp::socket socket = std::exchange(listener.accepted, asio::ip::tcp::socket(executor_));
  const std::size_t most = state_->settings.max_connections;
  if (sessions_.size() < most) {
    sessions_.spawn("session", serve(std::move(socket), state_));
  } else if (refusals_.size() < most) {
    refusals_.spawn("refusal", turn_away(std::move(socket), state_));
  }
  // Beyond that not even a refusal is affordable: the socket closes here.
}

}  // namespace sas::web
