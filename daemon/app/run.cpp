// SPDX-License-Identifier: Apache-2.0
#include "app/run.hpp"

#include <cstdlib>
#include <exception>
#include <string>
#include <utility>
#include <variant>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "app/log.hpp"
#include "app/service.hpp"
#include "app/serving.hpp"
#include "app/watch.hpp"
#include "base/version.hpp"
#include "runtime/clock.hpp"
#include "runtime/heap.hpp"
#include "runtime/logging.hpp"
#include "runtime/signals.hpp"
#include "runtime/task_group.hpp"
#include "runtime/timer.hpp"
#include "web/server.hpp"
#include "web/web_config.hpp"

namespace sas::app {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;
using std::chrono::seconds;

// The first poll reads the trust store, which takes the loop some 50 ms; by then /metrics has long been
// answering.
constexpr milliseconds kBeforeFirstPoll{100};

// Everything is joined well within the 5 s that are promised.
constexpr seconds kPollersMayTake{2};
constexpr milliseconds kSinksMayTake{1'000};
constexpr milliseconds kServerMayTake{1'500};

// How often a reload that comes very early looks whether the start is over.
constexpr milliseconds kGlance{20};

std::string what(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "not a std::exception";
  }
}

// The process as an object: what it is made of, in the order in which it starts; it stops in the reverse
// order.
class Daemon {
 public:
  Daemon(asio::io_context& context, const settings::Settings& settings, runtime::Log& log, ReadSettings read)
      : context_(context),
        log_(log),
        settings_(settings),
        read_(std::move(read)),
        polling_(context.get_executor(),
                 [this](const auto& name, const auto& failure) { broke(name, failure); }),
        watch_(context.get_executor(), settings, log, polling_),
        server_(context.get_executor(), server_settings(settings.web), site(settings), log),
        service_({.alive = [this] { return watch_.health().alive; },
                  .activity = [this] { return watch_.activity(); }},
                 log),
        telling_(context.get_executor(),
                 [this](const auto& name, const auto& failure) { broke(name, failure); }),
        serving_(context.get_executor(),
                 [this](const auto& name, const auto& failure) { broke(name, failure); }) {}

  int run() {
    log_.info("starting", {{"version", version()}, {"revision", revision()}});
    if (!protect_server()) return 1;
    const Result<std::vector<std::string>> addresses = server_.listen();
    if (!addresses) {
      log_.error("cannot listen", {{"error", to_string(addresses.error())}});
      return 1;
    }
    tell_addresses(*addresses);

    serving_.spawn("web server", server_.run());
    serving_.spawn("reload on SIGHUP", runtime::on_hang_up([this] { return hang_up(); }));
    watch_.start_sinks(telling_);
    polling_.spawn("recall", watch_.start(polling_, runtime::Clock::now() + kBeforeFirstPoll));
    asio::co_spawn(context_, stop_on_signal(), [this](const std::exception_ptr& failure) {
      if (failure) broke("stop", failure);
      context_.stop();
    });
    service_.ready(serving_);
    context_.run();
    leave(0);
  }

 private:
  bool protect_server() {
    const auto config = web::load_web_config(settings_.web.config_file);
    if (!config) {
      log_.error("cannot use the web configuration", {{"error", config.error().message}});
      return false;
    }
    use(*config);
    return true;
  }

  void tell_addresses(const std::vector<std::string>& addresses) {
    for (const std::string& address : addresses)
      log_.info("listening", {{"address", address}});
  }

  void use(const std::shared_ptr<web::WebConfig>& config) {
    for (const std::string& warning : config->warnings)
      log_.warn(warning, {});
    server_.use(config);
  }

  web::Site site(const settings::Settings& settings) {
    return {.scrape = [this](exposition::Format format) { return watch_.scrape(format); },
            .health = [this] { return watch_.health(); },
            .reload = [this] { return reload(); },
            .version = std::string(version()),
            .paths = paths(settings.web)};
  }

  asio::awaitable<void> hang_up() { co_await reload(); }

  asio::awaitable<web::ReloadResult> reload() {
    // A timer of the loop; it takes no longer than reading the state file.
    while (!watch_.has_started())
      co_await runtime::sleep_for(kGlance);
    service_.reloading();
    const std::string problem = take(read_());
    watch_.registry().config_read(problem.empty(), runtime::wall_now());
    if (!problem.empty()) {
      log_.error("configuration not reloaded; the one before stays in force", {{"error", problem}});
    } else {
      log_.info("configuration reloaded", {{"targets", settings_.targets.size()}});
    }
    service_.reloaded();
    co_return web::ReloadResult{.taken = problem.empty(), .reason = problem};
  }

  // Without a wait in it: nothing sees half of the one and half of the other. Returns why not; empty: taken.
  std::string take(std::variant<settings::Settings, std::string> read) {
    if (std::string* const problem = std::get_if<std::string>(&read)) return std::move(*problem);
    auto& next = std::get<settings::Settings>(read);
    if (std::string problem = needs_restart(settings_, next); !problem.empty()) return problem;
    const auto config = web::load_web_config(next.web.config_file);
    if (!config) return config.error().message;
    auto listeners = server_.prepare(next.web.listen_address);
    if (!listeners) return to_string(listeners.error());
    watch_.reload(next);

    // Nothing fails from here on.
    server_.use(std::move(*listeners));
    server_.use(paths(next.web));
    use(*config);
    change(log_, next.log);
    if (next.web.listen_address != settings_.web.listen_address) tell_addresses(server_.addresses());
    settings_ = std::move(next);
    return {};
  }

  asio::awaitable<void> stop_on_signal() {
    const int signal = co_await runtime::stop_signal();
    log_.info("stopping", {{"signal", signal}});
    service_.stopping();
    // Whoever asks a second time does not want to wait.
    serving_.spawn("second signal", stop_at_once());
    co_await stop(polling_, kPollersMayTake);
    watch_.finish();
    co_await watch_.flush(runtime::Clock::now() + kSinksMayTake);
    co_await stop(telling_, kSinksMayTake / 4);
    co_await stop(serving_, kServerMayTake);
    log_.info("stopped", {});
  }

  asio::awaitable<void> stop(runtime::TaskGroup& group, Monotonic::duration limit) {
    group.request_stop();
    if (co_await group.join(runtime::Clock::now() + limit)) co_return;
    for (const std::string& left : group.names())
      log_.error("did not stop in time", {{"who", left}});
    leave(1);
  }

  asio::awaitable<void> stop_at_once() {
    co_await runtime::stop_signal();
    log_.warn("stopping at once, as asked a second time", {});
    leave(1);
  }

  // A loop that ended by an exception is a bug. Going on without it would look healthy and be blind, so the
  // whole process goes, and whoever supervises it starts it afresh.
  void broke(const std::string& name, const std::exception_ptr& failure) {
    log_.error("ended by a bug; please report it", {{"who", name}, {"error", what(failure)}});
    leave(1);
  }

  // Without destructors. After a failure, coroutines are still under way that use what they would take apart;
  // after an ordered stop, a name look-up may be, which nothing can cancel and a destructor would wait for.
  [[noreturn]] static void leave(int exit_code) { std::_Exit(exit_code); }

  asio::io_context& context_;
  runtime::Log& log_;
  settings::Settings settings_;  // in force
  ReadSettings read_;
  runtime::TaskGroup polling_;  // and fetching keys
  Watch watch_;
  web::Server server_;
  Service service_;
  runtime::TaskGroup telling_;  // what polls found, to the sinks
  runtime::TaskGroup serving_;
};

}  // namespace

int run(const settings::Settings& settings, ReadSettings read) {
  runtime::keep_freed_memory();
  runtime::Log log = make_log(settings.log);
  asio::io_context context(1);  // one thread for all logic, so no locks
  Daemon daemon(context, settings, log, std::move(read));
  return daemon.run();
}

}  // namespace sas::app
