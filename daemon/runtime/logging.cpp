// SPDX-License-Identifier: Apache-2.0
#include "runtime/logging.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include "runtime/clock.hpp"
#include "runtime/journal.hpp"

namespace sas::runtime {
namespace {

std::string_view level_name(Level level) {
  switch (level) {
    case Level::debug:
      return "debug";
    case Level::info:
      return "info";
    case Level::warn:
      return "warn";
    case Level::error:
      return "error";
  }
  return "error";
}

spdlog::level::level_enum spdlog_level(Level level) {
  switch (level) {
    case Level::debug:
      return spdlog::level::debug;
    case Level::info:
      return spdlog::level::info;
    case Level::warn:
      return spdlog::level::warn;
    case Level::error:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

// See sd-daemon(3).
std::string_view journal_prefix(Level level) {
  switch (level) {
    case Level::debug:
      return SD_DEBUG;
    case Level::info:
      return SD_INFO;
    case Level::warn:
      return SD_WARNING;
    case Level::error:
      return SD_ERR;
  }
  return SD_ERR;
}

// JSON's own escapes (RFC 8259, section 7); logfmt has no standard, and its readers understand the same.
void append_quoted(std::string& line, std::string_view text) {
  line += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        line += "\\\"";
        break;
      case '\\':
        line += "\\\\";
        break;
      case '\n':
        line += "\\n";
        break;
      case '\r':
        line += "\\r";
        break;
      case '\t':
        line += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
          line += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        } else {
          line += c;
        }
    }
  }
  line += '"';
}

bool is_bare(std::string_view text) {
  return !text.empty() && std::none_of(text.begin(), text.end(), [](char c) {
    return c == ' ' || c == '=' || c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
}

void append_value(std::string& line, Layout layout, const FieldValue& value) {
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    if (layout == Layout::logfmt && is_bare(*text)) {
      line += *text;
    } else {
      append_quoted(line, *text);
    }
  } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    line += fmt::format("{}", *integer);
  } else if (const auto* number = std::get_if<double>(&value)) {
    line += std::isfinite(*number) ? fmt::format("{}", *number) : "null";
  } else {
    line += std::get<bool>(value) ? "true" : "false";
  }
}

void append_field(std::string& line, Layout layout, std::string_view key, const FieldValue& value) {
  if (layout == Layout::json) {
    line += line.empty() ? '{' : ',';
    append_quoted(line, key);
    line += ':';
  } else {
    if (!line.empty()) line += ' ';
    line += key;
    line += '=';
  }
  append_value(line, layout, value);
}

std::shared_ptr<spdlog::logger> standard_error() {
  return std::make_shared<spdlog::logger>("sas", std::make_shared<spdlog::sinks::stderr_sink_st>());
}

}  // namespace

std::string format_line(Layout layout, std::optional<Time> at, Level level, std::string_view message,
                        std::span<const Field> fields) {
  std::string line;
  if (at) {
    const std::string stamp = format_milliseconds(*at);
    append_field(line, layout, "ts", std::string_view(stamp));
  }
  append_field(line, layout, "level", level_name(level));
  append_field(line, layout, "msg", message);
  for (const Field& field : fields)
    append_field(line, layout, field.key, field.value);
  if (layout == Layout::json) line += '}';
  return line;
}

Log::Log(Level least, Layout layout)
    : Log(standard_error(), least, layout, is_journal(STDERR_FILENO) ? Reader::journal : Reader::anybody) {}

Log::Log(std::shared_ptr<spdlog::logger> logger, Level least, Layout layout, Reader reader)
    : logger_(std::move(logger)), least_(least), layout_(layout), reader_(reader) {
  logger_->set_pattern("%v");
  logger_->set_level(spdlog_level(least));
  logger_->flush_on(spdlog::level::debug);
}

void Log::debug(std::string_view message, std::initializer_list<Field> fields) {
  write(Level::debug, message, {fields.begin(), fields.size()});
}
void Log::info(std::string_view message, std::initializer_list<Field> fields) {
  write(Level::info, message, {fields.begin(), fields.size()});
}
void Log::warn(std::string_view message, std::initializer_list<Field> fields) {
  write(Level::warn, message, {fields.begin(), fields.size()});
}
void Log::error(std::string_view message, std::initializer_list<Field> fields) {
  write(Level::error, message, {fields.begin(), fields.size()});
}

void Log::write(Level level, std::string_view message, std::span<const Field> fields) {
  if (!writes(level)) return;
  // Through "{}": the line is text, whatever braces it holds.
  if (reader_ == Reader::journal) {
    logger_->log(spdlog_level(level), "{}{}", journal_prefix(level),
                 format_line(layout_, std::nullopt, level, message, fields));
  } else {
    logger_->log(spdlog_level(level), "{}", format_line(layout_, wall_now(), level, message, fields));
  }
}

}  // namespace sas::runtime
