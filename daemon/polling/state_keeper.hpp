// SPDX-License-Identifier: Apache-2.0
#pragma once
// Keeps what the pipelines know across a restart, and lets their news out: first what changed is written
// down, news included, then it is told, and each piece is ticked off the moment it was. A process that is
// killed at any point has told a thing, or finds on starting again that it still has to.
//
// Without a store, and where the store fails, everything is told all the same: a full disk costs the memory,
// never the news.

#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "polling/pipeline.hpp"
#include "runtime/logging.hpp"
#include "snapshot/store.hpp"
#include "telemetry/registry.hpp"

namespace sas::polling {

namespace asio = boost::asio;

class StateKeeper {
 public:
  /// `store`: null where nothing is to be kept. `worker` runs what blocks. All must outlive it.
  StateKeeper(snapshot::Store* store, asio::any_io_executor worker, telemetry::Registry& registry,
              runtime::Log& log);

  /// What was kept of the targets named. A file that cannot be read is set aside; sections of others go.
  asio::awaitable<std::vector<snapshot::TargetState>> load(std::vector<std::string> targets);

  /// Writes what changed, then tells what there is to tell. The pipeline must not change meanwhile: its own
  /// loop waits here. Never takes the loop for longer than a few milliseconds at a time.
  asio::awaitable<void> keep(Pipeline& pipeline);

  /// The same, all at once and blocking: for the end of the process, when no loop runs any more.
  void keep_now(Pipeline& pipeline);

 private:
  void note(const Result<void>& written, Pipeline& pipeline);
  void deliver(Pipeline& pipeline, std::size_t most);
  void tell_trouble(const Error& error);

  snapshot::Store* store_;
  asio::any_io_executor worker_;
  telemetry::Registry& registry_;
  runtime::Log& log_;
  bool failing_ = false;  // and the log says so
};

}  // namespace sas::polling
