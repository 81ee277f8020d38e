// SPDX-License-Identifier: Apache-2.0
#include "policy/listing_trust.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <string>

namespace sas::policy {
namespace {

constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max();

}  // namespace

std::string_view to_string(ListingDoubt doubt) {
  switch (doubt) {
    case ListingDoubt::none:
      return "none";
    case ListingDoubt::shifted:
      return "shifted";
    case ListingDoubt::too_few:
      return "too_few";
    case ListingDoubt::too_long:
      return "too_long";
  }
  return "none";
}

void ListingTrust::begin() {
  repeats_ = 0;
  restart();
}

void ListingTrust::restart() {
  ids_.clear();
  id_sum_ = 0;
  pages_ = 0;
  passed_ = 0;
  second_round_ = false;
  first_total_.reset();
  last_total_.reset();
  contradictory_ = false;
  doubt_ = ListingDoubt::none;
}

ListingDecision ListingTrust::take(const tasks::Page& page) {
  Extent extent{.rows = page.tasks.size(), .page_size = page.page_size, .total_count = page.total_count};
  for (const tasks::Task& task : page.tasks)
    extent.fresh += is_fresh(task.id) ? 1 : 0;
  return judge(extent);
}

ListingDecision ListingTrust::take(const tasks::SubtaskPage& page) {
  Extent extent{.rows = page.subtasks.size(), .page_size = page.page_size, .total_count = page.total_count};
  for (const tasks::Subtask& subtask : page.subtasks)
    extent.fresh += is_fresh(subtask.id) ? 1 : 0;
  return judge(extent);
}

bool ListingTrust::is_fresh(const std::string& id) {
  const std::uint64_t hash = std::hash<std::string>{}(id);
  if (!ids_.insert(hash).second) return false;
  id_sum_ += hash;
  return true;
}

ListingDecision ListingTrust::judge(const Extent& page) {
  if (++pages_ == 1) first_total_ = page.total_count;
  last_total_ = page.total_count;

  // A page that begins with rows of the one before is over no more places than its size.
  passed_ += std::min(static_cast<std::int64_t>(page.rows), page.page_size.value_or(kNoLimit));

  if (first_total_ && seen() >= *first_total_) return has_seen_enough(page);
  if (page.fresh > 0) {
    if (pages_ < max_pages_) return ListingDecision::next_page;
    return at_the_end(ListingDoubt::too_long);
  }
  // A page without anything new is the end of what the service will show.
  if (!first_total_) return adds_up();
  return at_the_end(last_total_ == first_total_ ? ListingDoubt::too_few : ListingDoubt::shifted);
}

// Who is listed when the reading began is what must be seen. Tasks that come while it goes on push others to
// later pages and raise the total, so that one that came may stand for one that is still to be read, or was
// lost. So the end must be reached, too, and where there are more by then than were seen, the reading goes on
// once more from the first page: mostly the new ones stand on it. Then those that still lack are new, and
// the next poll's.
ListingDecision ListingTrust::has_seen_enough(const Extent& page) {
  const std::int64_t total = last_total_.value_or(0);
  const bool at_end = page.rows == 0 || passed_ >= total || (second_round_ && seen() >= total);
  if (!at_end) return pages_ < max_pages_ ? ListingDecision::next_page : at_the_end(ListingDoubt::too_long);
  if (seen() >= total || second_round_) return adds_up();
  second_round_ = true;
  passed_ = 0;
  doubt_ = ListingDoubt::shifted;
  return ListingDecision::repeat;
}

ListingDecision ListingTrust::adds_up() {
  habit_.reset();
  habit_polls_ = 0;
  return ListingDecision::complete;
}

ListingDecision ListingTrust::at_the_end(ListingDoubt doubt) {
  const Contradiction seen{.announced = first_total_.value_or(0), .rows = ids_.size(), .ids = id_sum_};
  if (habit_ == seen && doubt == ListingDoubt::too_few) {
    contradictory_ = true;
    ++habit_polls_;
    return ListingDecision::complete;
  }
  habit_ = seen;
  habit_polls_ = 0;
  const bool again = repeats_ < kMaxRepeats;
  if (again) {
    ++repeats_;
    restart();
  }
  doubt_ = doubt;
  return again ? ListingDecision::repeat : ListingDecision::give_up;
}

}  // namespace sas::policy
