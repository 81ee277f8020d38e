// SPDX-License-Identifier: Apache-2.0
#include "settings/wanted.hpp"

#include <fmt/format.h>

namespace sas::settings {
namespace {

std::string_view kind_name(Node::Kind kind) {
  switch (kind) {
    case Node::Kind::nothing:
      return "nothing";
    case Node::Kind::scalar:
      return "a single value";
    case Node::Kind::list:
      return "a list";
    case Node::Kind::map:
      return "a mapping";
  }
  return "nothing";
}

}  // namespace

std::string wanted(std::string_view what, const Node& found) {
  return fmt::format("{} is needed here; found {}", what, kind_name(found.kind));
}

}  // namespace sas::settings
