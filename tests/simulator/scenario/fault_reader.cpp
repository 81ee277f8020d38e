// SPDX-License-Identifier: Apache-2.0
#include "simulator/scenario/fault_reader.hpp"

#include <algorithm>
#include <limits>
#include <string_view>
#include <vector>

namespace sas::simulator {
namespace {

template <class Number>
void positive(MapReader& reader, const char* key, std::optional<Number>& into) {
  std::int64_t value = 1;
  reader.integer(key, value, 1);
  const auto most = std::min<std::int64_t>(value, std::numeric_limits<std::int32_t>::max());
  if (reader.has(key)) into = static_cast<Number>(most);
}

void read_when(MapReader& reader, When& when) {
  double probability = 1;
  reader.number("probability", probability, 0, 1);
  if (reader.has("probability")) when.probability = probability;
  positive(reader, "every", when.every);
  positive(reader, "first", when.first);
  reader.duration("after", when.after);
  reader.duration("until", when.until);
  positive(reader, "page", when.page);
  const std::vector<std::string_view> actions{"ListOperationProcess", "ListOperationProcessDetail"};
  if (const auto action = reader.choice("action", actions)) when.action = actions[*action];
}

void read_option(MapReader& reader, FaultOption option, Fault& fault) {
  switch (option) {
    case FaultOption::status:
      return positive(reader, "status", fault.status);
    case FaultOption::code:
      return reader.text("code", fault.code);
    case FaultOption::message: {
      std::string message;
      reader.text("message", message);
      if (reader.has("message")) fault.message = message;
      return;
    }
    case FaultOption::retry_after:
      return reader.duration("retry_after", fault.retry_after);
    case FaultOption::delay:
      return reader.duration("delay", fault.delay);
    case FaultOption::fields:
      return reader.texts("fields", fault.fields);
    case FaultOption::value:
      return reader.text("value", fault.value);
    case FaultOption::share:
      return reader.number("share", fault.share, 0, 1);
    case FaultOption::size: {
      auto size = static_cast<std::int64_t>(fault.size);
      reader.integer("size", size, 0);
      fault.size = static_cast<std::uint64_t>(size);
      return;
    }
  }
}

void check(MapReader& reader, const Fault& fault) {
  if (fault.kind == FaultKind::error && fault.code.empty()) reader.wrong("an error needs its code");
  if (fault.status && (*fault.status < 200 || *fault.status > 599))
    reader.wrong("status must be from 200 to 599");
  if ((fault.kind == FaultKind::nulls || fault.kind == FaultKind::missing_fields) && fault.fields.empty()) {
    reader.wrong("fields must name those that it is about");
  }
  const bool number =
      !fault.value.empty() && fault.value.find_first_not_of("0123456789") == std::string::npos;
  if (fault.kind == FaultKind::unknown_status && !number) reader.wrong("value must be a StatusCode");
}

}  // namespace

Fault read_fault(MapReader& reader) {
  Fault fault;
  fault.line = reader.line();
  std::vector<std::string_view> names;
  for (const FaultWord& word : fault_words())
    names.push_back(word.name);
  if (!reader.has("kind")) reader.wrong("a fault needs its kind");
  const auto kind = reader.choice("kind", names);
  read_when(reader, fault.when);
  if (!kind) return fault;
  const FaultWord& word = fault_words()[*kind];
  fault.kind = word.kind;
  for (const FaultOption option : word.options)
    read_option(reader, option, fault);
  check(reader, fault);
  return fault;
}

}  // namespace sas::simulator
