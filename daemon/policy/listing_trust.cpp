// SPDX-License-Identifier: Apache-2.0
#include "policy/listing_trust.hpp"

#include <functional>
#include <string>

namespace sas::policy {

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
  first_total_.reset();
  last_total_.reset();
  contradictory_ = false;
  doubt_ = ListingDoubt::none;
}

ListingDecision ListingTrust::take(const tasks::Page& page) {
  std::size_t fresh = 0;
  for (const tasks::Task& task : page.tasks) {
    const std::uint64_t hash = std::hash<std::string>{}(task.id);
    if (ids_.insert(hash).second) {
      ++fresh;
      id_sum_ += hash;
    }
  }
  if (++pages_ == 1) first_total_ = page.total_count;
  last_total_ = page.total_count;

  passed_ += static_cast<std::int64_t>(page.tasks.size());

  // Who is listed when the reading began is what must be seen. Tasks that come while it goes on push the
  // others to later pages, where they are read again. So enough is not the end: one that came may stand for
  // one that is still to be read.
  const bool seen_enough = first_total_ && static_cast<std::int64_t>(ids_.size()) >= *first_total_;
  const bool at_end = page.tasks.empty() || passed_ >= last_total_.value_or(0);
  if (seen_enough && at_end) return adds_up();
  if (fresh > 0 || seen_enough) {
    if (pages_ < kMaxPages) return ListingDecision::next_page;
    return at_the_end(ListingDoubt::too_long);
  }
  // A page without anything new is the end of what the service will show.
  if (!first_total_) return adds_up();
  return at_the_end(last_total_ == first_total_ ? ListingDoubt::too_few : ListingDoubt::shifted);
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
