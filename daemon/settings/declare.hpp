// SPDX-License-Identifier: Apache-2.0
#pragma once
// Short ways to write the table of all keys.

#include <array>
#include <span>
#include <string_view>

#include "settings/binding.hpp"
#include "settings/schema.hpp"

namespace sas::settings {

using Words = std::span<const std::string_view>;

constexpr Shape any() {
  return {};
}
constexpr Shape checked(Check check) {
  return {.check = check};
}
constexpr Shape hidden(Check check) {
  return {.check = check, .is_hidden = true};
}
constexpr Shape within(std::string_view lowest, std::string_view highest, Check check = nullptr) {
  return {.lowest = lowest, .highest = highest, .check = check};
}
constexpr Shape one_of(Words words) {
  return {.words = words};
}

/// The key fills `draft.*First.*Second…`; its type follows from there.
template <auto... Path>
constexpr Key key(Key declaration) {
  declaration.shape.type = type_of<MemberType<Path...>>();
  declaration.store = &store_into<Path...>;
  return declaration;
}

template <auto... Path>
constexpr auto target = key<&Draft::target, Path...>;
template <auto... Path>
constexpr auto target_itself = key<&Draft::target, &TargetDraft::target, Path...>;
template <auto... Path>
constexpr auto credentials = key<&Draft::target, &TargetDraft::credentials, Path...>;
template <auto... Path>
constexpr auto sink = key<&Draft::sink, Path...>;
template <auto... Path>
constexpr auto alerts = key<&Draft::settings, &Settings::alerts, Path...>;
template <auto... Path>
constexpr auto settings = key<&Draft::settings, Path...>;

constexpr Key items(Key declaration) {
  declaration.shape.type = Type::items;
  return declaration;
}

template <std::size_t... Sizes>
constexpr auto joined(const std::array<Key, Sizes>&... parts) {
  std::array<Key, (Sizes + ...)> all{};
  std::size_t next = 0;
  const auto add = [&](const auto& part) {
    for (const Key& key : part)
      all[next++] = key;
  };
  (add(parts), ...);
  return all;
}

}  // namespace sas::settings
