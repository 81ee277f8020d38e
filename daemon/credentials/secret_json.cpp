// SPDX-License-Identifier: Apache-2.0
#include "credentials/secret_json.hpp"

#include <boost/json/parse.hpp>
#include <fmt/format.h>
#include <string.h>  // explicit_bzero

#include "credentials/timestamp.hpp"

namespace sas::credentials {
namespace {

namespace json = boost::json;

// Nodes and strings of a text take less than this many times its size.
constexpr std::size_t kGrowth = 16;
constexpr std::size_t kLeast = 4096;

}  // namespace

SecretJson::SecretJson(std::string_view text)
    : memory_(kLeast + kGrowth * text.size()), resource_(memory_.data(), memory_.size()), value_(&resource_) {
  boost::system::error_code fault;
  json::value parsed = json::parse(json::string_view(text.data(), text.size()), fault, &resource_);
  if (!fault) value_ = std::move(parsed);  // of the same memory, so nothing is copied out of it
}

SecretJson::~SecretJson() {
  value_ = nullptr;
  ::explicit_bzero(memory_.data(), memory_.size());
}

std::string text_of(const json::object& object, std::string_view field) {
  const json::value* const value = object.if_contains(json::string_view(field.data(), field.size()));
  if (value == nullptr) return {};
  if (const json::string* text = value->if_string()) return {text->data(), text->size()};
  if (const std::int64_t* number = value->if_int64()) return fmt::to_string(*number);
  if (const bool* flag = value->if_bool()) return *flag ? "true" : "false";
  return {};
}

Result<AccessKey> key_of(const json::object& object, std::string_view where, const KeyFields& fields) {
  AccessKey key{.id = text_of(object, fields.id),
                .secret = Secret(text_of(object, fields.secret)),
                .security_token = Secret(text_of(object, fields.security_token)),
                .expiration = parse_timestamp(text_of(object, fields.expiration))};
  if (!key.id.empty() && !key.secret.empty()) return key;
  return Error{.kind = ErrorKind::give_up,
               .cause = ErrorCause::contract,
               .message = fmt::format("{}: {} is missing or empty; a JSON object with {}, {}, {} and {} is "
                                      "expected",
                                      where, key.id.empty() ? fields.id : fields.secret, fields.id,
                                      fields.secret, fields.security_token, fields.expiration)};
}

}  // namespace sas::credentials
