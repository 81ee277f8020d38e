// SPDX-License-Identifier: Apache-2.0
#pragma once
// What each fault does to an answer in the making: to the rows, to their text, to the way it travels.

#include <cstdint>
#include <string_view>
#include <vector>

#include "simulator/scenario/fault.hpp"
#include "simulator/service/answer_text.hpp"
#include "simulator/service/api_error.hpp"
#include "simulator/service/message.hpp"
#include "simulator/world/world.hpp"

namespace sas::simulator {

using Faults = std::vector<const Fault*>;

/// The page of `query` as the paging faults among these would have it. `serial` is the request's number.
TaskPage page_with(const Faults& faults, World& world, const ListQuery& query, Time now,
                   std::uint64_t serial);

Style style_with(const Faults& faults, UnfinishedTimes unfinished_times);

/// The first of these that answers with something else than a page; null: none.
const Fault* instead_of_a_page(const Faults& faults);

/// The error object that an `error` asks for.
ApiError error_of(const Fault& fault);

/// What `html` and `empty` answer.
Answer gateway_answer(const Fault& fault);

/// Spoils the text and the way it travels. The body must be complete.
void spoil(const Faults& faults, Answer& answer);

}  // namespace sas::simulator
