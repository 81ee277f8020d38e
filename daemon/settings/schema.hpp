// SPDX-License-Identifier: Apache-2.0
#pragma once
// Every key of the configuration, declared once: from here come parsing, defaults, the checks, the messages,
// the reference and the commented default file.

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "settings/mistake.hpp"
#include "settings/settings.hpp"
#include "settings/target_draft.hpp"
#include "settings/value.hpp"

namespace sas::settings {

/// By name, where it stands.
using Names = std::map<std::string, Position>;

/// A word that something else in the file has to agree with, which may stand below it.
struct Mention {
  Position at;
  std::string key;  // where it stands: `alerts.silence[2].target`
  std::string word;
};

/// What reading fills: the settings, the elements that are being read, and what rules between elements need.
struct Draft {
  Settings settings;
  TargetDraft target;
  Sink sink;
  ExpectedCheck expected;
  Silence silence;
  std::size_t target_count = 0;  // of the elements of `targets`, whatever becomes of them
  Names target_names;
  Names sink_names;
  Names expected_types;
  std::vector<Mention> silenced_targets;
  std::vector<Mention> expected_checks;
};

enum class Presence : std::uint8_t {
  optional,
  required,
  one_of,  // a rule between keys says when; see target_draft and sink_rules
};

struct Key {
  std::string_view path;  // `poll.interval`; `[]` stands for each element of a list: `targets[].name`
  Shape shape = {};
  std::string_view default_text = {};  // as written in YAML; empty: there is none
  std::string_view example = {};       // where there is no default
  Presence presence = Presence::optional;
  std::string_view sentence = {};
  void (*store)(Draft&, Value&&) = nullptr;  // null for `items`: their own keys are stored
};

/// A group of keys, for the reference: `poll`, `targets[]`.
struct Section {
  std::string_view path;
  std::string_view sentence;
};

/// In the order of the reference; keys of one section stand together.
std::span<const Key> keys();
std::span<const Section> sections();

/// Keys that the documentation of later versions knows; a later key's own keys are later as well.
std::span<const std::string_view> later_keys();

/// `poll` of `poll.interval`, `targets[]` of `targets[].name`, nothing of `targets`.
std::string_view section_of(std::string_view path);
/// `interval` of `poll.interval`.
std::string_view leaf_of(std::string_view path);

}  // namespace sas::settings
