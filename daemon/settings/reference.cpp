// SPDX-License-Identifier: Apache-2.0
#include "settings/reference.hpp"

#include <set>
#include <utility>

#include <fmt/format.h>

#include "settings/regions.hpp"
#include "settings/schema.hpp"
#include "settings/text.hpp"

namespace sas::settings {
namespace {

constexpr std::string_view kIntroduction =
    R"(<!-- Written by `sas-operation-exporter --print-config-reference`; edit daemon/settings/keys.cpp instead. -->
# Configuration reference

The file is YAML in UTF-8, `/etc/sas-operation-exporter/config.yml` unless `--config.file` names another.
`sas-operation-exporter check-config` tells everything that is wrong with it at once, each with line and column.

- Every key is optional unless the table says otherwise. A key without a value counts as left out. An unknown key, and the
  same key twice, is a mistake.
- Durations are written as Prometheus writes them: `500ms`, `30s`, `5m`, `2h`, `7d`, `1h30m`.
- `${NAME}` in a value becomes the environment variable `NAME`; one that is not set is a mistake. `$$` is a dollar sign. What
  comes from the environment is never shown.
- Anchors, aliases and merge keys (`&name`, `*name`, `<<`) work. At most 1 MiB and 32 levels are read.
)";

std::string default_of(const Key& key) {
  if (!key.default_text.empty()) return fmt::format("`{}`", key.default_text);
  switch (key.presence) {
    case Presence::required:
      return "required";
    case Presence::one_of:
      return "see text";
    case Presence::optional:
      return "none";
  }
  return "none";
}

std::string values_of(const Shape& shape) {
  if (!shape.words.empty()) return fmt::format("`{}`", fmt::join(shape.words, "` `"));
  if (shape.lowest.empty()) return std::string{to_string(shape.type)};
  const bool is_list = shape.type == Type::texts || shape.type == Type::items;
  return fmt::format("{}, {} to {}{}", to_string(shape.type), shape.lowest, shape.highest,
                     is_list ? " elements" : "");
}

std::string rows_of(std::string_view section) {
  std::string rows = "\n| key | value | default | |\n|---|---|---|---|\n";
  for (const Key& key : keys()) {
    if (section_of(key.path) != section) continue;
    rows += fmt::format("| `{}` | {} | {} | {} |\n", leaf_of(key.path), values_of(key.shape), default_of(key),
                        key.sentence);
  }
  return rows;
}

// One row for the regions that have the same endpoints.
std::string region_rows() {
  std::string rows = "\n| `site` | regions | endpoint | with `network: vpc` |\n|---|---|---|---|\n";
  std::set<std::pair<Site, std::string_view>> done;
  for (const Region& first : regions()) {
    if (!done.emplace(first.site, first.vpc_endpoint).second) continue;
    std::string names;
    for (const Region& region : regions()) {
      if (region.site != first.site || region.vpc_endpoint != first.vpc_endpoint) continue;
      names += fmt::format("{}`{}`{}", names.empty() ? "" : " ", region.name,
                           region.state == Region::State::closed ? " (closed)" : "");
    }
    rows += fmt::format("| `{}` | {} | `{}` | {} |\n", word_of(first.site), names,
                        endpoint_of(first.name, Network::internet),
                        first.vpc_endpoint.empty() ? "none" : fmt::format("`{}`", first.vpc_endpoint));
  }
  return rows;
}

constexpr std::string_view kRegions = R"(
## Regions

Two centres serve all regions, and an account's tasks are at one of them, whatever the regions of what it has. `site` takes a
region in place of its centre. A closed region is taken too: it says as well as any other which centre is meant. With
`network: vpc` it is the region of the VPC that the daemon runs in; `cn` and `intl` alone mean the host that most regions of the
centre have.
)";

}  // namespace

std::string reference() {
  std::string text{kIntroduction};
  text += "\n## Top level\n\nBesides the sections below:\n" + rows_of("");
  for (const Section& section : sections()) {
    text += fmt::format("\n## `{}`\n\n{}\n{}", section.path, section.sentence, rows_of(section.path));
  }
  return text + std::string(kRegions) + region_rows();
}

}  // namespace sas::settings
