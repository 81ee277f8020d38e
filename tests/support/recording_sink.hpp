// SPDX-License-Identifier: Apache-2.0
#pragma once
// A sink that remembers what it was told, as short sentences.

#include <string>
#include <string_view>
#include <vector>

#include "support/plain_sink.hpp"

namespace sas::support {

class RecordingSink : public PlainSink {
 public:
  explicit RecordingSink(std::vector<std::string>& told) : told_(told) {}

  void take(std::string_view, const tasks::Transition& step) override {
    std::string sentence(tasks::shown_id(step.task.id));
    sentence.append(" ")
        .append(tasks::status_name(step.from))
        .append(" -> ")
        .append(tasks::status_name(step.to));
    if (step.observed == tasks::Observed::inferred) sentence += " inferred";
    told_.push_back(std::move(sentence));
  }

  void take(const policy::AlertChange& change) override {
    std::string sentence(tasks::shown_id(change.subject));
    sentence.append(sentence.empty() ? "" : " ")
        .append(policy::to_string(change.alert))
        .append(" ")
        .append(policy::to_string(change.status));
    told_.push_back(std::move(sentence));
  }

 private:
  std::vector<std::string>& told_;
};

}  // namespace sas::support
