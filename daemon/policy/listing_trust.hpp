// SPDX-License-Identifier: Apache-2.0
#pragma once
// Whether the pages that were read are the whole list. The list is paged by number and moves while it is
// read, so a row can slip from one page to another between two calls. The order of rows and the consistency
// of pages are not documented; this takes nothing for granted but the counts, and settles for an answer that
// contradicts itself only when it does so twice in the same way.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/unordered/unordered_flat_set.hpp>

#include "tasks/observation.hpp"
#include "tasks/subtasks.hpp"

namespace sas::policy {

enum class ListingDecision : std::uint8_t {
  next_page,  // there is more to read
  complete,   // every row that was listed when the reading began has been seen
  repeat,     // it moved or contradicted itself: read it again from the first page
  give_up,    // too often: this poll stays incomplete
};

/// Why a listing was not trusted: the label `reason`.
enum class ListingDoubt : std::uint8_t {
  none,
  shifted,   // the announced total changed, and rows are missing
  too_few,   // fewer rows than announced
  too_long,  // more pages than the announced total explains
};

std::string_view to_string(ListingDoubt doubt);

/// How a listing contradicts itself; equal contradictions are the server's habit, not a movement.
struct Contradiction {
  std::int64_t announced = 0;  // PageInfo.TotalCount of the first page
  std::uint64_t rows = 0;      // actually seen
  std::uint64_t ids = 0;       // a sum over their ids, independent of order

  friend bool operator==(const Contradiction&, const Contradiction&) = default;
};

/// Follows one listing, of tasks or of a task's subtasks, over its pages and repetitions. Remembers the
/// server's habits over polls: keep one for each query that is made again.
class ListingTrust {
 public:
  static constexpr unsigned kMaxRepeats = 2;
  static constexpr unsigned kPollsOfAHabit = 3;
  static constexpr std::size_t kMaxPages = 20'000;  // two million tasks at 100 a page

  /// A reading of more than `max_pages` is too long.
  explicit ListingTrust(std::size_t max_pages = kMaxPages) : max_pages_(max_pages) {}

  /// Begins a listing for a new poll.
  void begin();

  /// What to do after this page. After `repeat`, the next page given is the first one again.
  ListingDecision take(const tasks::Page& page);
  ListingDecision take(const tasks::SubtaskPage& page);

  /// After `complete`: the listing does not add up, and never does; the rows that it holds are all there is.
  [[nodiscard]] bool is_contradictory() const { return contradictory_; }

  /// After `complete`: the listing adds up, or has contradicted itself in this way for so long that nothing
  /// else is to be expected. Before that, what it does not hold may still turn up.
  [[nodiscard]] bool is_settled() const { return !contradictory_ || habit_polls_ >= kPollsOfAHabit; }

  /// After `repeat` or `give_up`.
  [[nodiscard]] ListingDoubt doubt() const { return doubt_; }

  /// Tasks or subtasks seen in this reading of the listing.
  [[nodiscard]] std::size_t distinct() const { return ids_.size(); }

 private:
  /// A page, whatever it lists.
  struct Extent {
    std::size_t rows = 0;
    std::size_t fresh = 0;  // of these, not seen before
    std::optional<std::int64_t> page_size;
    std::optional<std::int64_t> total_count;
  };

  void restart();
  bool is_fresh(const std::string& id);
  ListingDecision judge(const Extent& page);
  ListingDecision adds_up();
  [[nodiscard]] std::int64_t seen() const { return static_cast<std::int64_t>(ids_.size()); }
  ListingDecision has_seen_enough(const Extent& page);
  ListingDecision at_the_end(ListingDoubt doubt);

  std::size_t max_pages_;
  boost::unordered_flat_set<std::uint64_t> ids_;  // hashes
  std::uint64_t id_sum_ = 0;
  std::size_t pages_ = 0;
  std::int64_t passed_ = 0;    // rows, also those seen before
  bool second_round_ = false;  // over the same list, for what came meanwhile
  std::optional<std::int64_t> first_total_;
  std::optional<std::int64_t> last_total_;
  unsigned repeats_ = 0;
  bool contradictory_ = false;
  ListingDoubt doubt_ = ListingDoubt::none;
  std::optional<Contradiction> habit_;  // as last seen; kept over polls
  unsigned habit_polls_ = 0;            // in a row that were complete with it
};

}  // namespace sas::policy
