// SPDX-License-Identifier: Apache-2.0
#pragma once
// Ties a key to the member that it fills, so that the type of the member is the type of the key.

#include <concepts>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "settings/schema.hpp"

namespace sas::settings {

template <auto First, auto... Rest, class Object>
constexpr auto& member_of(Object& object) {
  if constexpr (sizeof...(Rest) == 0) {
    return object.*First;
  } else {
    return member_of<Rest...>(object.*First);
  }
}

template <auto... Path>
using MemberType = std::remove_reference_t<decltype(member_of<Path...>(std::declval<Draft&>()))>;

template <class Member>
consteval Type type_of() {
  if constexpr (std::same_as<Member, bool>)
    return Type::boolean;
  else if constexpr (std::integral<Member>)
    return Type::integer;
  else if constexpr (std::floating_point<Member>)
    return Type::number;
  else if constexpr (std::same_as<Member, Milliseconds>)
    return Type::duration;
  else if constexpr (std::same_as<Member, Secret>)
    return Type::secret;
  else if constexpr (std::same_as<Member, std::vector<std::string>>)
    return Type::texts;
  else if constexpr (std::is_enum_v<Member>)
    return Type::word;
  else {
    static_assert(std::same_as<Member, std::string>, "no key type goes with this member");
    return Type::text;
  }
}

/// Stores into `draft.*First.*Second…`. The words of an enum stand in the order of its values.
template <auto... Path>
void store_into(Draft& draft, Value&& value) {
  using Member = MemberType<Path...>;
  Member& member = member_of<Path...>(draft);
  if constexpr (std::is_enum_v<Member>) {
    member = static_cast<Member>(std::get<Word>(value).index);
  } else if constexpr (std::integral<Member> && !std::same_as<Member, bool>) {
    member = static_cast<Member>(std::get<std::int64_t>(value));
  } else {
    member = std::get<Member>(std::move(value));
  }
}

}  // namespace sas::settings
