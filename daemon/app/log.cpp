// SPDX-License-Identifier: Apache-2.0
#include "app/log.hpp"

namespace sas::app {
namespace {

runtime::Level level(settings::LogLevel level) {
  switch (level) {
    case settings::LogLevel::debug:
      return runtime::Level::debug;
    case settings::LogLevel::info:
      return runtime::Level::info;
    case settings::LogLevel::warn:
      return runtime::Level::warn;
    case settings::LogLevel::error:
      return runtime::Level::error;
  }
  return runtime::Level::info;
}

runtime::Layout layout(settings::LogFormat format) {
  return format == settings::LogFormat::json ? runtime::Layout::json : runtime::Layout::logfmt;
}

}  // namespace

runtime::Log make_log(const settings::Log& wanted) {
  return {level(wanted.level), layout(wanted.format)};
}

void change(runtime::Log& log, const settings::Log& wanted) {
  log.change(level(wanted.level), layout(wanted.format));
}

}  // namespace sas::app
