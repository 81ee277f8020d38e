// SPDX-License-Identifier: Apache-2.0
#include "settings/item_lists.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "settings/target_draft.hpp"

namespace sas::settings {
namespace {

void clear_targets(Draft& draft, std::size_t /*coming*/) {
  draft.settings.targets.clear();
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

void clear_sinks(Draft& draft, std::size_t /*coming*/) {
  draft.settings.alerts.sinks.clear();
}

void begin_sink(Draft& draft) {
  draft.sink = {};
}

void finish_sink(Draft& draft, const Filled& item) {
  auto& sinks = draft.settings.alerts.sinks;
  if (item.is_told("type")) return;
  if (std::find(sinks.begin(), sinks.end(), draft.sink) != sinks.end()) {
    item.tell(item.at, "", "is the same as a sink above; everything would be told twice");
  }
  sinks.push_back(draft.sink);
}

constexpr std::array<ItemList, 2> kItemLists{{
    {.path = "targets", .clear = clear_targets, .begin = begin_target, .finish = finish_target},
    {.path = "alerts.sinks", .clear = clear_sinks, .begin = begin_sink, .finish = finish_sink},
}};

}  // namespace

const ItemList& item_list(std::string_view path) {
  return *std::find_if(kItemLists.begin(), kItemLists.end(),
                       [path](const ItemList& list) { return list.path == path; });
}

}  // namespace sas::settings
