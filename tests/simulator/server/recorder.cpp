// SPDX-License-Identifier: Apache-2.0
#include "simulator/server/recorder.hpp"

#include <stdexcept>
#include <vector>

#include <fmt/format.h>

namespace sas::simulator {
namespace {

std::ofstream open(const std::string& file) {
  std::ofstream out;
  if (file.empty()) return out;
  out.open(file, std::ios::binary | std::ios::trunc);
  if (!out) throw std::runtime_error(fmt::format("cannot write {}", file));
  return out;
}

}  // namespace

Recorder::Recorder(World& world, const std::string& journal_file, const std::string& requests_file)
    : journal_(world), journal_out_(open(journal_file)), requests_out_(open(requests_file)) {}

void Recorder::record_steps(Time now) {
  if (!journal_out_.is_open()) return;
  const std::vector<Step> steps = journal_.advance(now);
  for (const Step& step : steps)
    journal_out_ << to_json(step) << '\n';
  if (!steps.empty()) journal_out_.flush();
}

void Recorder::record(const Exchange& exchange, const Now& now) {
  if (!requests_out_.is_open()) return;
  requests_out_ << to_json(exchange, now) << '\n';
  requests_out_.flush();
}

}  // namespace sas::simulator
