// SPDX-License-Identifier: Apache-2.0
#include "simulator/world/world.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "simulator/world/decide_life.hpp"
#include "simulator/world/json_text.hpp"
#include "simulator/world/random.hpp"

namespace sas::simulator {
namespace {

// A poll asks for the pages of two or three lists; several pollers may do so at once.
constexpr std::size_t kKeptSelections = 16;

struct BornLater {
  bool operator()(const TaskLife& a, const TaskLife& b) const {
    return std::tie(a.created, a.id) > std::tie(b.created, b.id);
  }
};

template <class T, class U>
bool passes(const std::vector<T>& wanted, const U& value) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

std::string filter_text(const ListQuery& query) {
  std::string text;
  for (const std::optional<Time>& bound : {query.start_time, query.end_time}) {
    append_json(text, bound ? bound->time_since_epoch().count() : -1);
    text += ' ';
  }
  for (const StatusCode code : query.status_codes) {
    append_json(text, code);
    text += ' ';
  }
  for (const auto* list : {&query.task_ids, &query.task_sources, &query.task_types}) {
    text += '|';
    for (const std::string& value : *list)
      append_json(text, value);
  }
  return text;
}

bool in_time(const std::optional<Time>& start_time, const std::optional<Time>& end_time, Time created,
             Time ended) {
  return (!start_time || created >= *start_time) && (!end_time || ended <= *end_time);
}

/// The part of `all` rows that the page shows.
std::pair<std::size_t, std::size_t> window(std::int32_t page, std::int32_t size, std::size_t all) {
  const std::size_t begin =
      std::min(static_cast<std::size_t>(page - 1) * static_cast<std::size_t>(size), all);
  return {begin, std::min(begin + static_cast<std::size_t>(size), all)};
}

PageInfo page_info(std::int32_t page, std::int32_t size, std::size_t all, std::size_t count) {
  return {.current_page = page,
          .page_size = size,
          .total_count = static_cast<std::int64_t>(all),
          .count = static_cast<std::int64_t>(count)};
}

}  // namespace

std::int32_t used_page_size(const WorldRules& rules, std::int32_t asked) {
  return std::min(asked, rules.max_page_size);
}

World::World(WorldRules rules, std::uint64_t seed, Time start)
    : rules_(std::move(rules)), seed_(seed), start_(start), batches_(rules_.workloads.size(), 0) {}

Time World::next_batch_at(std::size_t workload) const {
  const Workload& kind = rules_.workloads[workload];
  if (batches_[workload] >= kind.times) return kNever;
  if (batches_[workload] == 0) return start_ + kind.first;
  return kind.every ? start_ + kind.first + batches_[workload] * *kind.every : kNever;
}

void World::bear_batch(std::size_t workload) {
  const Workload& kind = rules_.workloads[workload];
  const Time nominal = next_batch_at(workload);
  const std::int64_t first = batches_[workload]++ * kind.count;
  for (std::int64_t number = first; number < first + kind.count; ++number) {
    const std::uint64_t key = combine(combine(seed_, 77 + workload), static_cast<std::uint64_t>(number));
    const Time created = nominal + Milliseconds{Random(key).between(0, kind.jitter.count())};
    unborn_.push_back(decide_life(rules_, static_cast<std::uint32_t>(workload), seed_, number, created));
    std::push_heap(unborn_.begin(), unborn_.end(), BornLater{});
  }
}

void World::grow(Time now) {
  for (std::size_t i = 0; i < batches_.size(); ++i) {
    while (next_batch_at(i) <= now)
      bear_batch(i);
  }
  while (!unborn_.empty() && unborn_.front().created <= now) {
    std::pop_heap(unborn_.begin(), unborn_.end(), BornLater{});
    lives_.push_back(std::move(unborn_.back()));
    unborn_.pop_back();
  }
}

const std::vector<TaskLife>& World::lives(Time now) {
  grow(now);
  return lives_;
}

World::Selection World::select(const ListQuery& query, Time now) const {
  Selection selection{.filter = filter_text(query), .from = now, .until = kNever, .places = {}};
  for (std::size_t i = 0; i < batches_.size(); ++i)
    selection.until = std::min(selection.until, next_batch_at(i));
  if (!unborn_.empty()) selection.until = std::min(selection.until, unborn_.front().created);
  const std::unordered_set<std::string_view> ids(query.task_ids.begin(), query.task_ids.end());
  for (std::uint32_t place = 0; place < lives_.size(); ++place) {
    const TaskLife& life = lives_[place];
    selection.until = std::min(selection.until, next_step(life, now));
    const Workload& kind = rules_.workloads[life.workload];
    const LifeStep step = step_at(life, now);
    const Time created = life.created + life.clock_ahead;
    const Time ended = is_end(step.status) ? step.at + life.clock_ahead : kNever;
    if (step.status && in_time(query.start_time, query.end_time, created, ended) &&
        passes(query.status_codes, *step.status) && passes(query.task_types, kind.type) &&
        passes(query.task_sources, kind.source) && (ids.empty() || ids.contains(life.id))) {
      selection.places.push_back(place);
    }
  }
  if (rules_.order == Order::newest_first) std::reverse(selection.places.begin(), selection.places.end());
  if (rules_.order == Order::task_id) {
    std::sort(selection.places.begin(), selection.places.end(),
              [this](std::uint32_t a, std::uint32_t b) { return lives_[a].id < lives_[b].id; });
  }
  return selection;
}

const std::vector<std::uint32_t>& World::matching(const ListQuery& query, Time now) {
  grow(now);
  const std::string filter = filter_text(query);
  const auto known = std::find_if(selections_.begin(), selections_.end(), [&](const Selection& selection) {
    return selection.filter == filter && selection.from <= now && now < selection.until;
  });
  if (known != selections_.end()) {
    selections_.splice(selections_.begin(), selections_, known);
  } else {
    selections_.remove_if([&filter](const Selection& selection) { return selection.filter == filter; });
    selections_.push_front(select(query, now));
    if (selections_.size() > kKeptSelections) selections_.pop_back();
  }
  return selections_.front().places;
}

TaskPage World::list(const ListQuery& query, Time now) {
  const std::vector<std::uint32_t>& places = matching(query, now);
  const std::int32_t size = used_page_size(rules_, query.page_size);
  const auto [begin, end] = window(query.current_page, size, places.size());
  TaskPage page{.info = page_info(query.current_page, size, places.size(), end - begin), .rows = {}};
  page.rows.reserve(end - begin);
  for (std::size_t i = begin; i < end; ++i)
    page.rows.push_back(row(places[i], now));
  return page;
}

SubtaskPage World::details(const DetailQuery& query, Time now) {
  ListQuery parents;
  parents.task_ids = query.task_ids;
  std::vector<Subtask> found;
  for (const std::uint32_t place : matching(parents, now)) {
    for (Subtask& subtask : subtasks_at(lives_[place], rules_, now)) {
      if (passes(query.status_codes, subtask.status_code) &&
          in_time(query.start_time, query.end_time, subtask.create_time, subtask.end_time.value_or(kNever))) {
        found.push_back(std::move(subtask));
      }
    }
  }
  const std::int32_t size = used_page_size(rules_, query.page_size);
  const auto [begin, end] = window(query.current_page, size, found.size());
  SubtaskPage page{.info = page_info(query.current_page, size, found.size(), end - begin), .rows = {}};
  page.rows.assign(std::make_move_iterator(found.begin() + static_cast<std::ptrdiff_t>(begin)),
                   std::make_move_iterator(found.begin() + static_cast<std::ptrdiff_t>(end)));
  return page;
}

}  // namespace sas::simulator
