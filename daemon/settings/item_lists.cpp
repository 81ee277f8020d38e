// SPDX-License-Identifier: Apache-2.0
#include "settings/item_lists.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "settings/sink_rules.hpp"
#include "settings/target_draft.hpp"

namespace sas::settings {
namespace {

void clear_targets(Draft& draft, std::size_t coming) {
  draft.settings.targets.clear();
  draft.target_count = coming;
  draft.target_names.clear();
}

void begin_target(Draft& draft) {
  draft.target = {};
}

void finish_target(Draft& draft, const Filled& item) {
  // Without a known type nobody can say which credentials should be there.
  const bool type_is_known = !item.is_told("credentials.type");
  for (Mistake& mistake : check_target(draft.target, item.given, item.at)) {
    if (!type_is_known && mistake.key.starts_with("credentials.")) continue;
    item.tell(mistake.at, mistake.key, std::move(mistake.problem));
  }
  if (const auto name = item.given("name"); name && !draft.target.target.name.empty()) {
    const auto [first, is_new] = draft.target_names.emplace(draft.target.target.name, *name);
    if (!is_new) {
      item.tell(
          *name, "name",
          fmt::format("is the name of another target too, in line {}; names are unique", first->second.line));
    }
  }
  draft.settings.targets.push_back(resolve(std::move(draft.target), item.given));
}

void clear_expected(Draft& draft, std::size_t /*coming*/) {
  draft.settings.alerts.expect.clear();
  draft.expected_types.clear();
  draft.expected_checks.clear();
}

void begin_expected(Draft& draft) {
  draft.expected = {};
}

void finish_expected(Draft& draft, const Filled& item) {
  const auto type = item.given("task_type");
  if (!type || draft.expected.task_type.empty()) return;
  const auto [first, is_new] = draft.expected_types.emplace(draft.expected.task_type, *type);
  if (!is_new) {
    item.tell(*type, "task_type",
              fmt::format("is expected already, in line {}; keep one of the two", first->second.line));
  }
  draft.expected_checks.push_back({*type, item.name + ".task_type", draft.expected.task_type});
  draft.settings.alerts.expect.push_back(draft.expected);
}

void clear_silences(Draft& draft, std::size_t /*coming*/) {
  draft.settings.alerts.silence.clear();
  draft.silenced_targets.clear();
}

void begin_silence(Draft& draft) {
  draft.silence = {};
}

void finish_silence(Draft& draft, const Filled& item) {
  const Silence& silence = draft.silence;
  auto& silences = draft.settings.alerts.silence;
  if (item.is_clean && silence == Silence{}) {
    item.tell(item.at, "", "says nothing; write at least one of alert, target and task_type");
  } else if (std::find(silences.begin(), silences.end(), silence) != silences.end()) {
    item.tell(item.at, "", "is the same as an element above; keep one of the two");
  }
  if (!silence.task_type.empty() &&
      std::ranges::find(kAlertsOfWholeTargets, silence.alert) != kAlertsOfWholeTargets.end()) {
    item.tell(
        item.given("task_type").value_or(item.at), "task_type",
        fmt::format("does not go with the alert {}, which is of a whole target; take one of the two away",
                    silence.alert));
  }
  if (const auto target = item.given("target"); target && !silence.target.empty())
    draft.silenced_targets.push_back({*target, item.name + ".target", silence.target});
  silences.push_back(silence);
}

void clear_sinks(Draft& draft, std::size_t /*coming*/) {
  draft.settings.alerts.sinks.clear();
  draft.sink_names.clear();
}

void begin_sink(Draft& draft) {
  draft.sink = {};
}

void check_name_of(const Sink& sink, Draft& draft, const Filled& item) {
  const auto name = item.given("name");
  const auto [first, is_new] = draft.sink_names.emplace(sink.name, name.value_or(item.at));
  if (is_new) return;
  item.tell(
      name.value_or(item.at), "name",
      name ? fmt::format("is the name of another sink too, in line {}; names are unique", first->second.line)
           : fmt::format("is missing; the sink in line {} is called {} already", first->second.line,
                         sink.name));
}

void finish_sink(Draft& draft, const Filled& item) {
  if (item.is_told("type")) return;
  check_sink(draft.sink, item);
  const Sink sink = resolve(draft.sink);
  auto& sinks = draft.settings.alerts.sinks;
  const bool has_address = !sink.url.empty() || !sink.url_file.empty() || !sink.urls.empty();
  const bool is_whole = item.is_clean && (has_address || sink.type == Sink::Type::log);
  const bool is_double = std::any_of(sinks.begin(), sinks.end(), [&](Sink above) {
    above.name = sink.name;
    return above == sink;
  });
  if (is_whole && is_double) {
    item.tell(item.at, "", "is the same as a sink above; everything would be told twice");
  } else if (!item.is_told("name")) {
    check_name_of(sink, draft, item);
  }
  sinks.push_back(sink);
}

constexpr std::array<ItemList, 4> kItemLists{{
    {.path = "targets", .clear = clear_targets, .begin = begin_target, .finish = finish_target},
    {.path = "alerts.expect", .clear = clear_expected, .begin = begin_expected, .finish = finish_expected},
    {.path = "alerts.silence", .clear = clear_silences, .begin = begin_silence, .finish = finish_silence},
    {.path = "alerts.sinks", .clear = clear_sinks, .begin = begin_sink, .finish = finish_sink},
}};

}  // namespace

const ItemList& item_list(std::string_view path) {
  return *std::find_if(kItemLists.begin(), kItemLists.end(),
                       [path](const ItemList& list) { return list.path == path; });
}

}  // namespace sas::settings
