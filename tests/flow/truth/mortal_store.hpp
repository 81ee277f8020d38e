// SPDX-License-Identifier: Apache-2.0
#pragma once
// A state file whose process dies at a chosen moment: right after a write, or right after a piece of news was
// ticked off. What happens to the store after that does not happen.

#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "support/memory_store.hpp"

namespace sas::flow {

class MortalStore final : public snapshot::Store {
 public:
  explicit MortalStore(std::string text) : memory_(std::move(text)) {}

  void die_after_writes(std::size_t count) { writes_left_ = count; }
  void die_after_news(std::size_t count) { news_left_ = count; }
  void lose_ticks() { loses_ticks_ = true; }
  void die() { dead_ = true; }
  [[nodiscard]] bool is_dead() const { return dead_; }
  [[nodiscard]] std::string text() const { return memory_.text(); }

  Result<std::vector<snapshot::TargetState>> load() override { return memory_.load(); }
  Result<std::string> set_aside() override { return memory_.set_aside(); }
  Result<void> keep_only(const std::vector<std::string>& targets) override {
    return dead_ ? Result<void>{} : memory_.keep_only(targets);
  }

  Result<void> write(const snapshot::Section& section) override {
    if (dead_) return {};
    Result<void> written = memory_.write(section);
    if (--writes_left_ == 0) die();
    return written;
  }

  Result<void> told(std::string_view target, std::uint64_t number) override {
    if (dead_) return {};
    Result<void> ticked = loses_ticks_ ? Result<void>{} : memory_.told(target, number);
    if (--news_left_ == 0) die();
    return ticked;
  }

 private:
  static constexpr std::size_t kNever = std::numeric_limits<std::size_t>::max();

  support::MemoryStore memory_;
  std::size_t writes_left_ = kNever;
  std::size_t news_left_ = kNever;
  bool loses_ticks_ = false;
  bool dead_ = false;
};

}  // namespace sas::flow
