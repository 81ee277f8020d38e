// SPDX-License-Identifier: Apache-2.0
#pragma once
// What can go wrong with an answer, and when. Several faults may strike the same answer, as long as there is
// something left to spoil.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace sas::simulator {

enum class FaultKind : std::uint8_t {
  // instead of an answer
  error,  // the API's error object
  html,   // a page of some gateway's
  empty,  // a status and nothing else
  hang,   // the request is read, and that is all
  reset,  // the connection is reset
  // the way it travels
  slow,                  // the answer comes `delay` later
  drip,                  // its body comes in ten pieces, `delay` apart
  truncated_body,        // the connection ends within the body
  wrong_content_length,  // shorter than the body: the rest follows as rubbish
  cut_json,              // the body ends too early, and Content-Length agrees
  gzip,                  // nobody asked for it
  chunked,               // in chunks: no fault, but rare enough to be forgotten
  close_delimited,       // no length: the body ends with the connection
  close_after_answer,    // no keep-alive, and without saying so
  // its text
  byte_order_mark,
  huge_body,           // `size` bytes of padding
  numbers_as_strings,  // "1" for 1
  nulls,               // `fields` are null
  missing_fields,      // `fields` are not there
  unknown_fields,      // there are more than are documented
  // what the rows say
  unknown_status,  // StatusCode is `value`, in `share` of the tasks
  unknown_type,    // TaskType is `value`
  unknown_source,  // TaskSource is `value`
  // how pages fit together
  duplicate_rows,  // each page but the first begins with the last row of the page before; nothing is lost
  shifted_pages,   // the same, as if a task had been born between the pages: the last row is lost
  repeated_page,   // each page shows the first one's rows
  moving_total,    // TotalCount is another one each time
};

enum class FaultOption : std::uint8_t {
  status,
  code,
  message,
  retry_after,
  delay,
  fields,
  value,
  share,
  size
};

struct FaultWord {
  std::string_view name;
  FaultKind kind;
  std::vector<FaultOption> options;  // what may be said of it, besides when it strikes
};

/// All kinds, by the names that scenarios use.
const std::vector<FaultWord>& fault_words();
std::string_view to_string(FaultKind kind);

/// All that is given must hold.
struct When {
  std::optional<double> probability = {};
  std::optional<std::uint64_t> every =
      {};  // the n-th request, the 2n-th, …, of those that `action` and `page` let through
  std::optional<std::uint64_t> first = {};  // only the first n of them
  std::optional<Milliseconds> after = {};   // simulated time since the start
  std::optional<Milliseconds> until = {};   // the same
  std::optional<std::int32_t> page = {};    // CurrentPage
  std::string action = {};                  // empty: both
};

struct Fault {
  FaultKind kind = FaultKind::error;
  When when;
  std::optional<unsigned> status;
  std::string code;
  std::optional<std::string> message;
  std::optional<Milliseconds> retry_after;
  Milliseconds delay{3'000};  // real time
  std::vector<std::string> fields;
  std::string value;
  double share = 1;
  std::uint64_t size = 20'000'000;
  std::size_t line = 0;  // in the scenario's file
};

/// One request, as far as faults look at it.
struct Occasion {
  std::string_view action = {};
  std::int32_t page = 1;
  Milliseconds elapsed{0};  // simulated, since the start
};

/// Whether the fault looks at this request at all: what `every` and `first` count.
bool applies(const When& when, const Occasion& occasion);

/// Whether it strikes the `count`-th (from 1) of the requests that it looks at. `key` decides the chance.
bool strikes(const When& when, const Occasion& occasion, std::uint64_t count, std::uint64_t key);

}  // namespace sas::simulator
