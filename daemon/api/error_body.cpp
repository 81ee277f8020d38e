// SPDX-License-Identifier: Apache-2.0
#include "api/error_body.hpp"

#include <array>
#include <utility>

#include "api/excerpt.hpp"
#include "api/lenient.hpp"
#include "api/object_fields.hpp"

namespace sas::api {
namespace {

constexpr std::string_view kBlank = " \t\r\n\v\f";

std::string_view without_blanks(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

bool read_json(std::string_view body, ErrorBody& found) {
  JsonText text;
  ondemand::document document;
  ondemand::object object;
  if (text.open(body).get(document) != simdjson::SUCCESS) return false;
  if (document.get_object().get(object) != simdjson::SUCCESS) return false;
  ObjectFields<8> fields(
      {"RequestId", "Message", "Code", "requestId", "message", "code", "RequestID", "request_id"});
  const std::array<std::string*, 8> targets{&found.request_id, &found.message,   &found.code,
                                            &found.request_id, &found.message,   &found.code,
                                            &found.request_id, &found.request_id};
  ViolationTally ignored;
  const auto fault = fields.walk(object, ignored, [&](std::size_t field, ondemand::value& value) {
    std::string& target = *targets[field];
    if (target.empty()) read_text(value, {ignored, fields.name(field), Need::sometimes}, target);
    return simdjson::SUCCESS;
  });
  return fault == simdjson::SUCCESS;
}

std::string without_entities(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, char>, 5> kEntities{
      {{"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&amp;", '&'}}};
  std::string plain;
  while (!text.empty()) {
    std::size_t length = 1;
    char character = text.front();
    for (const auto& [entity, meaning] : kEntities) {
      if (!text.starts_with(entity)) continue;
      length = entity.size();
      character = meaning;
    }
    plain += character;
    text.remove_prefix(length);
  }
  return plain;
}

// The text of the first element of that name; the platform's errors have no attributes and no nesting.
std::string element(std::string_view xml, const std::string& name) {
  const std::string open = '<' + name + '>';
  const std::size_t begin = xml.find(open);
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = xml.substr(begin + open.size());
  const std::size_t end = rest.find("</" + name + '>');
  return end == std::string_view::npos ? std::string{}
                                       : without_entities(without_blanks(rest.substr(0, end)));
}

bool read_xml(std::string_view body, ErrorBody& found) {
  found.code = element(body, "Code");
  found.message = element(body, "Message");
  found.request_id = element(body, "RequestId");
  return !found.code.empty();
}

}  // namespace

ErrorBody read_error_body(std::string_view body) {
  body = without_blanks(body);
  ErrorBody found;
  if (body.empty()) {
    found.form = ErrorBody::Form::empty;
  } else if (body.front() == '{' && read_json(body, found)) {
    found.form = ErrorBody::Form::json;
  } else if (body.front() == '<' && read_xml(body, found)) {
    found.form = ErrorBody::Form::xml;
  }
  return found;
}

}  // namespace sas::api
