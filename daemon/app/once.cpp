// SPDX-License-Identifier: Apache-2.0
#include "app/once.hpp"

#include <cstdlib>
#include <exception>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "app/log.hpp"
#include "app/watch.hpp"
#include "exposition/scrape.hpp"
#include "runtime/task_group.hpp"

namespace sas::app {
namespace {

settings::Settings without_memory(settings::Settings settings) {
  settings.state = {};
  settings.alerts.sinks.clear();
  settings.alerts.failed_subtasks = false;  // one poll, and no call more
  return settings;
}

std::string whole(exposition::Scrape scrape) {
  exposition::ScrapeWriter writer(std::move(scrape));
  std::string body;
  for (std::string piece; writer.next(piece);)
    body += piece;
  return body;
}

}  // namespace

int once(const settings::Settings& settings, const std::function<int(const Seen&)>& show) {
  runtime::Log log = make_log(settings.log);
  asio::io_context context(1);
  const auto broke = [](const std::string&, const std::exception_ptr& failure) {
    std::rethrow_exception(failure);
  };
  runtime::TaskGroup fetches(context.get_executor(), broke);
  runtime::TaskGroup polls(context.get_executor(), broke);
  Watch watch(context.get_executor(), without_memory(settings), log, fetches);
  asio::co_spawn(context, watch.look(polls), [&](const std::exception_ptr& failure, std::vector<Look> looks) {
    if (failure) std::rethrow_exception(failure);
    const Seen seen{.looks = std::move(looks), .metrics = [&watch](exposition::Format format) {
                      return whole(watch.scrape_targets(format));
                    }};
    // Without destructors: a name look-up may still be under way, and one would wait for it.
    std::_Exit(show(seen));
  });
  context.run();
  return EXIT_FAILURE;
}

}  // namespace sas::app
