// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a sink was told, on its way to a receiver.

#include <string>
#include <vector>

#include "policy/alert_text.hpp"
#include "policy/news.hpp"

namespace sas::alerts {

struct Piece {
  std::string target;
  policy::Event event;
};

/// Pieces that go out together, oldest first.
using Batch = std::vector<const Piece*>;

/// What it says, in words.
policy::Wording describe(const Piece& piece);

}  // namespace sas::alerts
