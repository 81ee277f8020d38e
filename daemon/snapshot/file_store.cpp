// SPDX-License-Identifier: Apache-2.0
// The state file, and how news that is told while it is being replaced ends up in the file that wins.
//
// A new file is written aside from the old one, which stays open. What is told goes to the end of the old
// file, by the loop's thread, at any time. So when the new file's content is on the disk, the lines that came
// meanwhile are added to it, and from then on what is told goes to both, until one has replaced the other.
// No lock is held while anything waits for the disk.

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "snapshot/decode.hpp"
#include "snapshot/file.hpp"
#include "snapshot/layout.hpp"
#include "snapshot/store.hpp"

namespace sas::snapshot {
namespace {

constexpr std::uint64_t kLargest = 1ULL << 30U;  // three million tasks

/// A section that is in the file, and what is known of it without reading it again.
struct Kept {
  std::string target;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::uint64_t checksum = 0;
  std::uint64_t last_number = 0;
  std::vector<std::uint64_t> untold;  // in order of size

  [[nodiscard]] bool has(std::uint64_t number) const { return std::ranges::binary_search(untold, number); }

  /// The section has this news, or does not know of it yet: one that is on its way may have it.
  [[nodiscard]] bool concerns(std::uint64_t number) const { return number > last_number || has(number); }
};

class FileStore final : public Store {
 public:
  explicit FileStore(std::string path) : path_(std::move(path)), aside_(path_ + ".new") {}

  Result<std::vector<TargetState>> load() override;
  Result<void> write(const Section& section) override;
  Result<void> keep_only(const std::vector<std::string>& targets) override;
  Result<void> told(std::string_view target, std::uint64_t number) override;
  Result<std::string> set_aside() override;

 private:
  void remember(std::optional<File> file, const Contents& contents);
  Result<void> rewrite(std::vector<Kept> old, const Section* fresh);
  Result<void> fill(File& file, std::vector<Kept>& sections, const Section* fresh);
  Result<void> copy(File& file, Kept& section, std::uint64_t offset) const;
  Result<void> replace(File file, std::vector<Kept> sections, std::size_t written);
  [[nodiscard]] std::string free_name() const;
  Result<void> not_loaded() const;

  const std::string path_;
  const std::string aside_;

  std::mutex turn_;  // to change the whole file; what follows is only touched by who has it
  bool loaded_ = false;
  std::vector<Kept> sections_;

  std::mutex tail_;  // to write at the end of the file; held for no longer than that takes
  std::optional<File> current_;
  std::optional<File> next_;  // complete, and about to replace the current one
  std::vector<Acknowledgement> told_;
};

Kept kept(const Section& section, std::uint64_t offset) {
  Kept result{.target = section.target,
              .offset = offset,
              .checksum = section.checksum,
              .last_number = section.last_number,
              .untold = section.untold};
  for (const std::string& piece : section.pieces)
    result.size += piece.size();
  std::ranges::sort(result.untold);
  return result;
}

Kept kept(const TargetState& state, const SectionPlace& place) {
  Kept result{.target = state.mark.target,
              .offset = place.offset,
              .size = place.size,
              .checksum = place.checksum,
              .last_number = state.mark.last_number,
              .untold = {}};
  for (const policy::News& news : state.untold)
    result.untold.push_back(news.number);
  std::ranges::sort(result.untold);
  return result;
}

/// The lines for what the sections have, from the acknowledgement at `from` on.
std::string told_lines(const std::vector<Acknowledgement>& told, std::size_t from,
                       const std::vector<Kept>& sections) {
  std::string lines;
  for (; from < told.size(); ++from) {
    const auto section = std::ranges::find(sections, told[from].target, &Kept::target);
    if (section != sections.end() && section->has(told[from].number))
      lines += told_line(told[from].target, told[from].number);
  }
  return lines;
}

Error in_file(const std::string& path, Error error) {
  error.message = fmt::format("state file {}: {}", path, error.message);
  return error;
}

Result<std::vector<TargetState>> FileStore::load() {
  const std::scoped_lock turn(turn_);
  Result<std::optional<File>> file = File::open(path_);
  if (!file) return file.error();
  if (!*file) {
    remember(std::nullopt, {});
    return std::vector<TargetState>{};
  }
  const Result<std::string> text = (*file)->read_all(kLargest);
  if (!text) return text.error();
  Result<Contents> contents = read_contents(*text);
  if (!contents) return in_file(path_, contents.error());
  if (!text->ends_with('\n')) (*file)->expect_torn_line();
  remember(*std::move(file), *contents);
  return without_told(std::move(contents->targets), contents->told);
}

void FileStore::remember(std::optional<File> file, const Contents& contents) {
  sections_.clear();
  for (std::size_t i = 0; i < contents.targets.size(); ++i)
    sections_.push_back(kept(contents.targets[i], contents.sections[i]));
  loaded_ = true;
  const std::scoped_lock tail(tail_);
  current_ = std::move(file);
  told_ = contents.told;
  // A number that the section does not have may have been told without having been written. It will be
  // another's.
  std::erase_if(told_, [this](const Acknowledgement& one) {
    const auto section = std::ranges::find(sections_, one.target, &Kept::target);
    return section == sections_.end() || !section->has(one.number);
  });
}

Result<void> FileStore::write(const Section& section) {
  const std::scoped_lock turn(turn_);
  if (!loaded_) return not_loaded();
  std::vector<Kept> others = sections_;
  std::erase_if(others, [&](const Kept& one) { return one.target == section.target; });
  return rewrite(std::move(others), &section);
}

Result<void> FileStore::keep_only(const std::vector<std::string>& targets) {
  const std::scoped_lock turn(turn_);
  if (!loaded_) return not_loaded();
  std::vector<Kept> wanted = sections_;
  std::erase_if(wanted,
                [&](const Kept& one) { return std::ranges::find(targets, one.target) == targets.end(); });
  if (wanted.size() != sections_.size()) {
    Result<void> done = rewrite(std::move(wanted), nullptr);
    if (!done) return done;
  }
  const std::scoped_lock tail(tail_);
  std::erase_if(told_, [&](const Acknowledgement& one) {
    return std::ranges::find(targets, one.target) == targets.end();
  });
  return {};
}

Result<void> FileStore::rewrite(std::vector<Kept> old, const Section* fresh) {
  if (!current_ && ::access(path_.c_str(), F_OK) == 0) return not_loaded();
  Result<File> file = File::create(aside_);
  if (!file) return file.error();
  std::vector<Kept> sections = std::move(old);
  Result<void> done = fill(*file, sections, fresh);
  std::size_t written = 0;
  if (done) {
    std::string lines;
    {
      const std::scoped_lock tail(tail_);
      lines = told_lines(told_, 0, sections);
      written = told_.size();
    }
    done = file->append(lines);
  }
  if (done) done = file->sync();
  if (done) done = replace(*std::move(file), std::move(sections), written);
  if (!done) ::unlink(aside_.c_str());
  if (!done) return done;
  return sync_folder(path_);
}

Result<void> FileStore::fill(File& file, std::vector<Kept>& sections, const Section* fresh) {
  std::uint64_t offset = header_line().size();
  Result<void> done = file.append(header_line());
  for (Kept& section : sections) {
    if (done) done = copy(file, section, offset);
    offset += section.size;
  }
  if (fresh != nullptr) {
    for (const std::string& piece : fresh->pieces)
      if (done) done = file.append(piece);
    sections.push_back(kept(*fresh, offset));
  }
  if (done) done = file.append(end_line(sections.size()));
  return done;
}

/// Copies a section of the current file to `offset` of the new one.
Result<void> FileStore::copy(File& file, Kept& section, std::uint64_t offset) const {
  const Result<std::uint64_t> checksum = file.append_from(*current_, section.offset, section.size);
  if (!checksum) return checksum.error();
  if (*checksum != section.checksum) {
    return in_file(path_, {.kind = ErrorKind::give_up,
                           .cause = ErrorCause::configuration,
                           .message = fmt::format("the section of target `{}` was changed by somebody else; "
                                                  "the file is the daemon's alone while it runs",
                                                  section.target)});
  }
  section.offset = offset;
  return {};
}

/// `written` of what was told stands in the new file already.
Result<void> FileStore::replace(File file, std::vector<Kept> sections, std::size_t written) {
  {
    const std::scoped_lock tail(tail_);
    Result<void> done = file.append(told_lines(told_, written, sections));
    if (!done) return done;
    next_ = std::move(file);
  }
  Result<void> renamed = rename_file(aside_, path_);
  const std::scoped_lock tail(tail_);
  if (!renamed) {
    next_.reset();
    return renamed;
  }
  current_ = std::exchange(next_, std::nullopt);
  sections_ = std::move(sections);
  std::erase_if(told_, [&](const Acknowledgement& one) {
    const auto section = std::ranges::find(sections_, one.target, &Kept::target);
    return section != sections_.end() && !section->concerns(one.number);
  });
  return {};
}

Result<void> FileStore::told(std::string_view target, std::uint64_t number) {
  const std::string line = told_line(target, number);
  const std::scoped_lock tail(tail_);
  told_.push_back({.target = std::string{target}, .number = number});
  Result<void> done;
  for (std::optional<File>* file : {&current_, &next_}) {
    if (!*file) continue;
    Result<void> appended = (*file)->append_line(line);
    if (!appended) done = std::move(appended);
  }
  return done;
}

Result<std::string> FileStore::set_aside() {
  const std::scoped_lock turn(turn_);
  const std::string to = free_name();
  const Result<void> renamed = rename_file(path_, to);
  if (!renamed) return renamed.error();
  remember(std::nullopt, {});
  const Result<void> done = sync_folder(path_);
  if (!done) return done.error();
  return to;
}

std::string FileStore::free_name() const {
  const std::string first = path_ + ".unreadable";
  std::string name = first;
  for (int i = 1; ::access(name.c_str(), F_OK) == 0; ++i)
    name = fmt::format("{}.{}", first, i);
  return name;
}

Result<void> FileStore::not_loaded() const {
  return in_file(path_, {.kind = ErrorKind::bug,
                         .cause = ErrorCause::internal,
                         .message = "it would be replaced before anybody has read it; load() comes first"});
}

}  // namespace

std::unique_ptr<Store> make_file_store(std::string path) {
  return std::make_unique<FileStore>(std::move(path));
}

}  // namespace sas::snapshot
