// SPDX-License-Identifier: Apache-2.0
// What a client may send, cut into pieces of a length that the input itself chooses: no crash, the same
// requests as in one piece, and an answer to each.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "fuzz/require.hpp"
#include "web/request_parser.hpp"
#include "web/routes.hpp"

namespace {

using sas::fuzz::require;
using sas::web::Answer;
using sas::web::Framing;
using sas::web::KeepAlive;
using sas::web::Parsed;
using sas::web::Request;
using sas::web::RequestParser;

const sas::web::Site& site() {
  static const sas::web::Site kSite{.scrape = {},
                                    .health = [] { return sas::web::Health{}; },
                                    .version = "1",
                                    .paths = {.telemetry = "/metrics"}};
  return kSite;
}

/// One line for each request or refusal.
struct Outcome {
  std::vector<std::string> lines;
  bool refused = false;
};

void take(RequestParser& parser, Outcome& outcome) {
  while (!outcome.refused) {
    const Parsed parsed = parser.parse();
    if (const auto* request = std::get_if<Request>(&parsed)) {
      const Answer answer = sas::web::respond(site(), *request);
      const std::string head = response_head(answer, Framing::length, KeepAlive::keep, sas::Time{});
      require(head.find("\r\n\r\n") == head.size() - 4);  // a head has one empty line, at its end
      outcome.lines.push_back(request->method + ' ' + request->path + ' ' + request->accept_encoding);
    } else if (const auto* refused = std::get_if<sas::web::Refused>(&parsed)) {
      // A refusal is the client's fault.
      require(refused->answer.status >= 400 && refused->answer.status < 500);
      outcome.lines.push_back("refused");
      outcome.refused = true;
    } else if (std::holds_alternative<sas::web::NeedMore>(parsed)) {
      return;
    }
  }
}

Outcome outcome_of(std::string_view bytes, std::size_t step) {
  RequestParser parser;
  Outcome outcome;
  for (std::size_t at = 0; at < bytes.size() && !outcome.refused; at += step) {
    parser.append(bytes.substr(at, step));
    take(parser, outcome);
  }
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Outcome whole = outcome_of(bytes, std::max<std::size_t>(size, 1));
  const Outcome pieces = outcome_of(bytes, size == 0 ? 1 : 1 + data[0] % 7);
  // A head in pieces is looked at once its end is there: until then a fault in it may go unnoticed.
  if (whole.refused && !pieces.refused) whole.lines.pop_back();
  require(whole.lines == pieces.lines);
  return 0;
}
