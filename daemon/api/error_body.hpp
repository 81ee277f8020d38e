// SPDX-License-Identifier: Apache-2.0
#pragma once
// The few facts that an error body holds, in whichever of the platform's spellings it comes.

#include <cstdint>
#include <string>
#include <string_view>

namespace sas::api {

struct ErrorBody {
  enum class Form : std::uint8_t { empty, json, xml, other };

  Form form = Form::other;
  std::string code;
  std::string message;
  std::string request_id;
};

/// JSON with `Code` or `code`, …; XML with `<Code>`, as the gateway answers when nobody asked for JSON. Never
/// fails.
ErrorBody read_error_body(std::string_view body);

}  // namespace sas::api
