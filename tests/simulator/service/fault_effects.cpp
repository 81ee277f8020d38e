// SPDX-License-Identifier: Apache-2.0
#include "simulator/service/fault_effects.hpp"

#include <algorithm>
#include <charconv>
#include <string>

#include <fmt/format.h>

#include "simulator/service/gzip.hpp"
#include "simulator/world/random.hpp"

namespace sas::simulator {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

bool has(const Faults& faults, FaultKind kind) {
  return std::any_of(faults.begin(), faults.end(),
                     [kind](const Fault* fault) { return fault->kind == kind; });
}

/// The same tasks each time, whatever page they are on.
bool picks(const Fault& fault, const Row& row) {
  return Random(combine(key_of(row.task_id), fault.line)).unit() < fault.share;
}

void change_row(const Fault& fault, Row& row) {
  if (!picks(fault, row)) return;
  if (fault.kind == FaultKind::unknown_status) {
    std::from_chars(fault.value.data(), fault.value.data() + fault.value.size(), row.status_code);
  }
  if (fault.kind == FaultKind::unknown_type) row.task_type = fault.value;
  if (fault.kind == FaultKind::unknown_source) row.task_source = fault.value;
}

/// The row before the page's first: the last one of the page before.
std::vector<Row> row_before(World& world, const ListQuery& query, Time now, std::int32_t page_size) {
  const std::vector<std::uint32_t>& places = world.matching(query, now);
  const auto first = static_cast<std::size_t>(query.current_page - 1) * static_cast<std::size_t>(page_size);
  if (first == 0 || first > places.size()) return {};
  return {world.row(places[first - 1], now)};
}

}  // namespace

TaskPage page_with(const Faults& faults, World& world, const ListQuery& query, Time now,
                   std::uint64_t serial) {
  ListQuery asked = query;
  if (has(faults, FaultKind::repeated_page)) asked.current_page = 1;
  TaskPage page = world.list(asked, now);
  page.info.current_page = query.current_page;
  const bool shifted = has(faults, FaultKind::shifted_pages);
  if (shifted || has(faults, FaultKind::duplicate_rows)) {
    std::vector<Row> rows = row_before(world, asked, now, page.info.page_size);
    const bool full = !rows.empty() && !page.rows.empty();
    rows.insert(rows.end(), page.rows.begin(), page.rows.end() - (shifted && full ? 1 : 0));
    page.rows = std::move(rows);
  }
  for (const Fault* fault : faults) {
    for (Row& row : page.rows)
      change_row(*fault, row);
  }
  page.info.count = static_cast<std::int64_t>(page.rows.size());
  if (has(faults, FaultKind::moving_total))
    page.info.total_count += 1 + static_cast<std::int64_t>(serial % 7);
  return page;
}

Style style_with(const Faults& faults, UnfinishedTimes unfinished_times) {
  Style style{.unfinished_times = unfinished_times, .nulls = {}, .missing = {}};
  for (const Fault* fault : faults) {
    if (fault->kind == FaultKind::numbers_as_strings) style.numbers_as_strings = true;
    if (fault->kind == FaultKind::unknown_fields) style.unknown_fields = true;
    if (fault->kind == FaultKind::huge_body) style.padding = fault->size;
    auto* fields = fault->kind == FaultKind::nulls            ? &style.nulls
                   : fault->kind == FaultKind::missing_fields ? &style.missing
                                                              : nullptr;
    if (fields != nullptr) fields->insert(fields->end(), fault->fields.begin(), fault->fields.end());
  }
  return style;
}

const Fault* instead_of_a_page(const Faults& faults) {
  const auto found = std::find_if(faults.begin(), faults.end(), [](const Fault* fault) {
    return fault->kind == FaultKind::error || fault->kind == FaultKind::html ||
           fault->kind == FaultKind::empty || fault->kind == FaultKind::hang ||
           fault->kind == FaultKind::reset;
  });
  return found == faults.end() ? nullptr : *found;
}

ApiError error_of(const Fault& fault) {
  ApiError error = api_error(fault.code);
  if (fault.status) error.status = *fault.status;
  if (fault.message) error.message = *fault.message;
  error.retry_after = fault.retry_after;
  return error;
}

Answer gateway_answer(const Fault& fault) {
  Answer answer;
  if (fault.kind == FaultKind::hang) answer.delivery.hang = true;
  if (fault.kind == FaultKind::reset) answer.delivery.reset = true;
  answer.status = fault.status.value_or(fault.kind == FaultKind::html ? 503 : 502);
  if (fault.kind == FaultKind::html) {
    answer.content_type = "text/html";
    answer.body = fmt::format("<html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>\r\n",
                              answer.status);
  }
  return answer;
}

void spoil(const Faults& faults, Answer& answer) {
  Delivery& delivery = answer.delivery;
  if (has(faults, FaultKind::byte_order_mark)) answer.body.insert(0, kByteOrderMark);
  if (has(faults, FaultKind::cut_json)) answer.body.resize(answer.body.size() / 2);
  if (has(faults, FaultKind::gzip)) {
    answer.body = gzip(answer.body);
    answer.headers.push_back({"Content-Encoding", "gzip"});
  }
  if (has(faults, FaultKind::truncated_body)) delivery.cut_at = answer.body.size() / 2;
  if (has(faults, FaultKind::wrong_content_length)) delivery.declared_length = answer.body.size() / 2;
  if (has(faults, FaultKind::chunked)) delivery.framing = Framing::chunked;
  if (has(faults, FaultKind::close_delimited)) delivery.framing = Framing::until_close;
  delivery.close_after = delivery.framing == Framing::until_close || delivery.cut_at.has_value() ||
                         has(faults, FaultKind::close_after_answer);
  for (const Fault* fault : faults) {
    if (fault->kind == FaultKind::slow) delivery.delay += fault->delay;
    if (fault->kind == FaultKind::drip) delivery.pause += fault->delay;
  }
}

}  // namespace sas::simulator
