// SPDX-License-Identifier: Apache-2.0
#include "flow/truth/judge.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include <fmt/format.h>

namespace sas::flow {
namespace {

using tasks::StatusCode;

constexpr std::size_t kLooksToVanish = 4;  // the third absence in a row tells; one look may have begun before

bool lasted_over(const Span& span, const Look& look) {
  return span.from <= look.began && look.ended < span.until;
}

bool is_active(const Span& span) {
  return span.status && tasks::is_active(*span.status);
}

std::size_t looks_over(const Span& span, const Era& era) {
  return static_cast<std::size_t>(
      std::ranges::count_if(era.looks, [&](const Look& look) { return lasted_over(span, look); }));
}

bool listed_whatever_its_state(const TrueTask& task, const Span& span, const Era& era) {
  // Listed in two looks of the span: the later one has the later bound.
  std::size_t seen = 0;
  for (const Look& look : era.looks) {
    if (lasted_over(span, look) && task.life.front().from >= look.since) ++seen;
  }
  return seen >= 2;
}

// The states that nobody could miss: by their places in the life.
std::set<std::size_t> plain_to_see(const TrueTask& task, const Era& era) {
  std::set<std::size_t> places;
  for (std::size_t i = 0; i < task.life.size(); ++i) {
    const Span& span = task.life[i];
    const bool known_before = i > 0 && is_active(task.life[i - 1]) && looks_over(task.life[i - 1], era) > 0;
    const std::size_t looks = looks_over(span, era);
    if (!span.status) {
      if (known_before && looks >= kLooksToVanish) places.insert(i);
    } else if (looks >= 2 &&
               (is_active(span) || known_before || listed_whatever_its_state(task, span, era))) {
      places.insert(i);
    }
  }
  return places;
}

bool is_state(const Span& span, StatusCode status) {
  return status == tasks::kVanished ? !span.status : span.status == status;
}

// Tries to find the told states among the true ones, in order, none before its time, so that all that was
// plain to see is among them. One told state may be several true ones: a task that leaves a state and comes
// back to it while nobody looks has never left it.
class Embedding {
 public:
  Embedding(const TrueTask& task, const std::vector<ToldStep>& told, std::set<std::size_t> wanted)
      : task_(task), told_(told), wanted_(std::move(wanted)) {}

  /// Whether the story can begin at that place, untold, with the told steps after it. `next`: the first of
  /// them that is not placed yet.
  [[nodiscard]] bool fits(std::size_t place, std::size_t next = 0) const {
    for (std::size_t i = place + 1; i < task_.life.size(); ++i) {
      const Span& span = task_.life[i];
      const bool is_next =
          next < told_.size() && is_state(span, told_[next].to) && span.from <= told_[next].at;
      if (is_next && fits(i, next + 1)) return true;
      const bool is_still = span.status == task_.life[place].status;
      if (is_still && fits(i, next)) return true;
      if (wanted_.contains(i)) return false;  // it would be skipped
    }
    return next == told_.size();
  }

 private:
  const TrueTask& task_;
  const std::vector<ToldStep>& told_;
  std::set<std::size_t> wanted_;
};

// The state that the baseline must have shown: where the story begins, untold.
std::optional<std::size_t> place_at_the_baseline(const TrueTask& task, const Era& era) {
  if (era.looks.empty()) return std::nullopt;
  const Look& baseline = era.looks.front();
  for (std::size_t i = 0; i < task.life.size(); ++i) {
    const Span& span = task.life[i];
    const bool listed = span.status && (is_active(span) || task.life.front().from >= baseline.since);
    if (listed && lasted_over(span, baseline)) return i;
  }
  return std::nullopt;
}

bool is_documented(StatusCode status) {
  return tasks::is_active(status) || tasks::has_ended(status);
}

// Whether the story may begin with that state, untold: it was there at the baseline, or a task begins with
// it, or it says nothing about the way to it.
bool may_begin_with(const TrueTask& task, const Era& era, std::size_t place) {
  const Span& span = task.life[place];
  if (!span.status) return false;
  const bool before_the_baseline_ended = era.looks.empty() || span.from <= era.looks.front().ended;
  return before_the_baseline_ended || *span.status == tasks::kNotStarted || !is_documented(*span.status);
}

std::string broken_chain(const std::vector<ToldStep>& told) {
  for (std::size_t i = 1; i < told.size(); ++i) {
    if (told[i].from != told[i - 1].to)
      return fmt::format("step {} begins with {}, but the one before ended with {}", i + 1,
                         tasks::status_name(told[i].from), tasks::status_name(told[i - 1].to));
  }
  return {};
}

std::string_view name(const std::optional<StatusCode>& status) {
  return status ? tasks::status_name(*status) : "unlisted";
}

std::string history(const TrueTask& task, const std::vector<ToldStep>& told, const Era& era) {
  std::string text = fmt::format("task {}\n  true:", task.id);
  for (const Span& span : task.life)
    text += fmt::format(" {} {}", span.from.time_since_epoch().count(), name(span.status));
  text += "\n  told:";
  for (const ToldStep& step : told) {
    text += fmt::format(" {} {} -> {}{}", step.at.time_since_epoch().count(), tasks::status_name(step.from),
                        tasks::status_name(step.to), step.inferred ? " (inferred)" : "");
  }
  text += "\n  complete polls meanwhile:";
  for (const Look& look : era.looks) {
    const bool meanwhile = look.ended >= task.life.front().from &&
                           (task.life.back().from >= look.began || task.life.size() == 1);
    if (meanwhile)
      text += fmt::format(" {}..{}", look.began.time_since_epoch().count(),
                          look.ended.time_since_epoch().count());
  }
  return text;
}

}  // namespace

std::string fault_of(const TrueTask& task, const Era& era) {
  static const std::vector<ToldStep> kNothing;
  const auto found = era.told.find(task.id);
  const std::vector<ToldStep>& told = found == era.told.end() ? kNothing : found->second;
  if (std::string broken = broken_chain(told); !broken.empty()) return broken;

  const std::set<std::size_t> wanted = plain_to_see(task, era);
  if (told.empty() && wanted.empty()) return {};
  const Embedding embedding(task, told, wanted);
  const std::optional<std::size_t> known = place_at_the_baseline(task, era);
  for (std::size_t first = 0; first <= known.value_or(task.life.size() - 1); ++first) {
    // What the baseline showed may have been told, if a poll before it, that was not complete, had shown what
    // was before.
    if (known && task.life[first].until <= era.began) continue;
    const bool matches = told.empty() || is_state(task.life[first], told.front().from);
    if (matches && may_begin_with(task, era, first) && embedding.fits(first)) return {};
    if (wanted.contains(first)) break;  // a later beginning would skip it
  }
  return told.empty() ? "a state that lasted over two complete polls was not told"
                      : "what was told is not what happened";
}

std::size_t plain_states(const std::vector<TrueTask>& truth, const Era& era) {
  std::size_t count = 0;
  for (const TrueTask& task : truth)
    count += plain_to_see(task, era).size();
  return count;
}

std::vector<std::string> judge(const std::vector<TrueTask>& truth, const Era& era) {
  std::vector<std::string> faults;
  std::set<std::string_view> known;
  for (const TrueTask& task : truth) {
    known.insert(task.id);
    const std::string fault = fault_of(task, era);
    if (fault.empty()) continue;
    const auto told = era.told.find(task.id);
    faults.push_back(fault + "\n  " +
                     history(task, told == era.told.end() ? std::vector<ToldStep>{} : told->second, era));
  }
  for (const auto& [id, steps] : era.told) {
    if (!known.contains(id)) faults.push_back(fmt::format("there is no task {}, but it was told of", id));
  }
  return faults;
}

}  // namespace sas::flow
