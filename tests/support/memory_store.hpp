// SPDX-License-Identifier: Apache-2.0
#pragma once
// The state file without the file: what a process would find there is a text that can be taken at any moment,
// and given to another store as if the process had died then. For one thread.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "snapshot/decode.hpp"
#include "snapshot/store.hpp"

namespace sas::support {

/// The text of a state file.
inline std::string state_file_text(const std::vector<snapshot::Section>& sections,
                                   const std::vector<snapshot::Acknowledgement>& told = {}) {
  std::string text{snapshot::header_line()};
  for (const snapshot::Section& section : sections) {
    for (const std::string& piece : section.pieces)
      text += piece;
  }
  text += snapshot::end_line(sections.size());
  for (const snapshot::Acknowledgement& one : told)
    text += snapshot::told_line(one.target, one.number);
  return text;
}

class MemoryStore final : public snapshot::Store {
 public:
  /// `text` is what the file holds; empty: there is none.
  explicit MemoryStore(std::string text = {}) : found_(std::move(text)) {}

  /// What the file holds now.
  [[nodiscard]] std::string text() const {
    if (!loaded_) return found_;
    return sections_.empty() ? std::string{} : state_file_text(sections_, told_);
  }

  /// From now on nothing can be written, as on a full disk; nothing: it can again.
  void fail_with(std::optional<Error> error) { failure_ = std::move(error); }
  [[nodiscard]] std::size_t writes() const { return writes_; }

  Result<std::vector<snapshot::TargetState>> load() override {
    sections_.clear();
    told_.clear();
    if (found_.empty()) {
      loaded_ = true;
      return std::vector<snapshot::TargetState>{};
    }
    Result<snapshot::Contents> contents = snapshot::read_contents(found_);
    if (!contents) return contents.error();
    for (std::size_t i = 0; i < contents->targets.size(); ++i) {
      const snapshot::SectionPlace& place = contents->sections[i];
      sections_.push_back({.target = contents->targets[i].mark.target,
                           .pieces = {found_.substr(place.offset, place.size)},
                           .last_number = contents->targets[i].mark.last_number,
                           .untold = {},
                           .checksum = place.checksum});
    }
    told_ = contents->told;
    loaded_ = true;
    return snapshot::without_told(std::move(contents->targets), told_);
  }

  Result<void> write(const snapshot::Section& section) override {
    if (!loaded_) return Error{.message = "load() comes first"};
    if (failure_) return *failure_;
    ++writes_;
    std::erase_if(sections_, [&](const auto& one) { return one.target == section.target; });
    std::erase_if(told_, [&](const auto& one) {
      return one.target == section.target &&
             std::ranges::find(section.untold, one.number) == section.untold.end();
    });
    sections_.push_back(section);
    return {};
  }

  Result<void> keep_only(const std::vector<std::string>& targets) override {
    if (!loaded_) return Error{.message = "load() comes first"};
    if (failure_) return *failure_;
    const auto is_other = [&](const auto& one) {
      return std::ranges::find(targets, one.target) == targets.end();
    };
    std::erase_if(sections_, is_other);
    std::erase_if(told_, is_other);
    return {};
  }

  Result<void> told(std::string_view target, std::uint64_t number) override {
    told_.push_back({.target = std::string{target}, .number = number});
    return {};
  }

  Result<std::string> set_aside() override {
    set_aside_.push_back(text());
    sections_.clear();
    told_.clear();
    loaded_ = true;
    return "unreadable";
  }
  [[nodiscard]] const std::vector<std::string>& texts_set_aside() const { return set_aside_; }

 private:
  std::string found_;  // until it is loaded
  bool loaded_ = false;
  std::vector<snapshot::Section> sections_;
  std::vector<snapshot::Acknowledgement> told_;
  std::optional<Error> failure_;
  std::size_t writes_ = 0;
  std::vector<std::string> set_aside_;
};

}  // namespace sas::support
