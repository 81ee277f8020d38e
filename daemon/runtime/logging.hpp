// SPDX-License-Identifier: Apache-2.0
#pragma once
// Log lines as facts: a message and named values, written as logfmt or JSON through spdlog to standard error.
// Only the edges log (app, polling, alerts, web, cloud); pure code returns reasons instead.

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include <spdlog/logger.h>

#include "base/time.hpp"

namespace sas::runtime {

using FieldValue = std::variant<std::string_view, std::int64_t, double, bool>;

struct Field {
  std::string_view key;
  FieldValue value;

  Field(std::string_view name, std::string_view text) : key(name), value(text) {}
  Field(std::string_view name, const char* text) : key(name), value(std::string_view(text)) {}
  Field(std::string_view name, const std::string& text) : key(name), value(std::string_view(text)) {}
  Field(std::string_view name, bool flag) : key(name), value(flag) {}
  Field(std::string_view name, double number) : key(name), value(number) {}
  template <class Integer>
  requires(std::is_integral_v<Integer> && !std::is_same_v<Integer, bool>)
      Field(std::string_view name, Integer number)
      : key(name), value(static_cast<std::int64_t>(number)) {}
};

enum class Level : std::uint8_t { debug, info, warn, error };
enum class Layout : std::uint8_t { logfmt, json };

/// The journal takes a line's priority from a prefix, and knows itself when the line came.
enum class Reader : std::uint8_t { anybody, journal };

/// `ts=… level=info msg="…" key=value …`, or the same as one JSON object. Without a line end. Whatever the
/// values hold, it stays one line and one record. No `at`: without `ts`.
std::string format_line(Layout layout, std::optional<Time> at, Level level, std::string_view message,
                        std::span<const Field> fields);

class Log {
 public:
  /// Writes to standard error; as the journal wants it, where that is the journal.
  Log(Level least, Layout layout);
  /// Writes to a logger of the caller's, such as a test's.
  Log(std::shared_ptr<spdlog::logger> logger, Level least, Layout layout, Reader reader = Reader::anybody);

  /// Another level and layout from the next line on.
  void change(Level least, Layout layout) {
    least_ = least;
    layout_ = layout;
  }

  void debug(std::string_view message, std::initializer_list<Field> fields = {});
  void info(std::string_view message, std::initializer_list<Field> fields = {});
  void warn(std::string_view message, std::initializer_list<Field> fields = {});
  void error(std::string_view message, std::initializer_list<Field> fields = {});
  void write(Level level, std::string_view message, std::span<const Field> fields);

  [[nodiscard]] bool writes(Level level) const { return level >= least_; }

 private:
  std::shared_ptr<spdlog::logger> logger_;
  Level least_;
  Layout layout_;
  Reader reader_;
};

}  // namespace sas::runtime
