// SPDX-License-Identifier: Apache-2.0
#include "snapshot/layout.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <isa-l/crc64.h>

#include "snapshot/json_text.hpp"

namespace sas::snapshot {
namespace {

constexpr std::string_view kHeaderBegins = R"({"format":"sas-operation-exporter state","version":)";
constexpr std::string_view kHeader = "{\"format\":\"sas-operation-exporter state\",\"version\":1}\n";
constexpr std::string_view kClosingBegins = R"({"end_of_target":)";
constexpr std::string_view kEndBegins = R"({"end_of_targets":)";

std::string_view without_line_feed(std::string_view line) {
  return line.substr(0, line.find('\n'));
}

/// Fit to stand in a message, whatever the bytes are.
std::string excerpt(std::string_view line) {
  std::string text{without_line_feed(line).substr(0, 60)};
  std::ranges::replace_if(
      text, [](char c) { return c < ' ' || c > '~'; }, '?');
  return text;
}

/// Takes a text apart into lines, and counts them.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}

  /// The next line without going past it, line feed included; one that has none is the torn end.
  [[nodiscard]] std::string_view peek() const {
    const std::size_t feed = text_.find('\n', offset_);
    return text_.substr(offset_, feed == std::string_view::npos ? feed : feed + 1 - offset_);
  }
  void skip(std::string_view line) {
    offset_ += line.size();
    ++number_;
  }
  [[nodiscard]] std::size_t offset() const { return offset_; }
  [[nodiscard]] std::size_t number() const { return number_; }
  [[nodiscard]] std::string_view from(std::size_t offset) const {
    return text_.substr(offset, offset_ - offset);
  }

 private:
  std::string_view text_;
  std::size_t offset_ = 0;
  std::size_t number_ = 1;
};

std::optional<Error> header_fault(std::string_view line) {
  if (line == kHeader) return std::nullopt;
  if (line.empty()) return fault_in_line(1, "the file is empty, not even the header is there");
  if (!line.starts_with(kHeaderBegins)) {
    return fault_in_line(1, fmt::format("this is not a state file: it begins with `{}`, not with `{}`",
                                        excerpt(line), excerpt(kHeader)));
  }
  const std::string_view rest = line.substr(kHeaderBegins.size());
  const std::string_view version = rest.substr(0, rest.find_first_not_of("0123456789"));
  if (!version.empty() && version != "1") {
    return fault_in_line(
        1, fmt::format("the file is of version {}, and this program reads version 1", excerpt(version)));
  }
  return fault_in_line(1, fmt::format("`{}` is damaged, it should be `{}`", excerpt(line), excerpt(kHeader)));
}

Result<SectionPlace> take_section(Lines& lines) {
  SectionPlace place{.offset = lines.offset(), .first_line = lines.number()};
  std::string_view line = lines.peek();
  for (; line.ends_with('\n') && !line.starts_with(kClosingBegins); line = lines.peek())
    lines.skip(line);
  if (!line.ends_with('\n')) {
    return fault_in_line(
        lines.number(),
        fmt::format("the file is cut off within the section that begins in line {}", place.first_line));
  }
  const std::string_view body = lines.from(place.offset);
  const std::uint64_t checksum = extend_checksum(0, body);
  const std::string expected = closing_line(lines.number() - place.first_line, checksum);
  if (line != expected) {
    return fault_in_line(
        lines.number(),
        fmt::format("the section that begins in line {} was damaged or changed: it is closed by `{}`, "
                    "and what stands there wants `{}`",
                    place.first_line, excerpt(line), excerpt(expected)));
  }
  lines.skip(line);
  place.body = body.size();
  place.size = body.size() + line.size();
  place.checksum = extend_checksum(checksum, line);
  return place;
}

Result<std::size_t> take_end(Lines& lines, std::size_t sections) {
  const std::string_view line = lines.peek();
  const std::string expected = end_line(sections);
  if (line == expected) {
    lines.skip(line);
    return lines.offset();
  }
  if (!line.ends_with('\n')) return fault_in_line(lines.number(), "the file is cut off between sections");
  if (line.starts_with(kEndBegins)) {
    return fault_in_line(lines.number(), fmt::format("`{}` does not fit the sections before it, `{}` would",
                                                     excerpt(line), excerpt(expected)));
  }
  return fault_in_line(lines.number(),
                       fmt::format("`{}` is neither the begin of a section, `{}…`, nor the end of all, `{}`",
                                   excerpt(line), kSectionBegins, excerpt(expected)));
}

}  // namespace

std::string_view header_line() {
  return kHeader;
}

std::string closing_line(std::uint64_t lines, std::uint64_t checksum) {
  return fmt::format("{}{{\"lines\":{},\"crc64\":\"{:016x}\"}}}}\n", kClosingBegins, lines, checksum);
}

std::string end_line(std::size_t sections) {
  return fmt::format("{}{{\"targets\":{}}}}}\n", kEndBegins, sections);
}

std::string told_line(std::string_view target, std::uint64_t number) {
  std::string line = R"({"told":{"target":)";
  append_value(line, target);
  append_field(line, R"(,"number":)", number);
  return line += "}}\n";
}

std::uint64_t extend_checksum(std::uint64_t checksum, std::string_view bytes) {
  return crc64_ecma_refl(checksum, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

Result<Layout> find_sections(std::string_view text) {
  Lines lines(text);
  const std::string_view header = lines.peek();
  if (auto fault = header_fault(header)) return *std::move(fault);
  lines.skip(header);
  Layout layout;
  while (lines.peek().starts_with(kSectionBegins)) {
    Result<SectionPlace> place = take_section(lines);
    if (!place) return place.error();
    layout.sections.push_back(*place);
  }
  Result<std::size_t> end = take_end(lines, layout.sections.size());
  if (!end) return end.error();
  layout.told_offset = *end;
  return layout;
}

Error fault_in_line(std::size_t line, std::string_view what) {
  return {.kind = ErrorKind::give_up,
          .cause = ErrorCause::configuration,
          .message = fmt::format("line {}: {}", line, what)};
}

}  // namespace sas::snapshot
