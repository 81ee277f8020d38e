// SPDX-License-Identifier: Apache-2.0
#include "simulator/server/key_file.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

namespace sas::simulator {
namespace {

namespace json = boost::json;

std::string text_of(const json::object& fields, const char* name) {
  const json::value* value = fields.if_contains(name);
  const json::string* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string{} : std::string(text->data(), text->size());
}

Error malformed(std::string_view what) {
  return {.kind = ErrorKind::give_up, .cause = ErrorCause::configuration, .message = std::string(what)};
}

}  // namespace

Result<std::vector<AccessKey>> parse_keys(std::string_view text) {
  boost::system::error_code fault;
  const json::value value = json::parse(json::string_view(text.data(), text.size()), fault);
  if (fault || !value.is_array()) return malformed("keys are not a JSON list");
  std::vector<AccessKey> keys;
  for (const json::value& entry : value.get_array()) {
    const json::object* fields = entry.if_object();
    if (fields == nullptr) return malformed("a key is not a JSON object");
    AccessKey key{.id = text_of(*fields, "id"),
                  .secret = Secret(text_of(*fields, "secret")),
                  .security_token = Secret(text_of(*fields, "security_token"))};
    if (key.id.empty() || key.secret.empty()) return malformed("a key lacks id or secret");
    const json::value* until = fields->if_contains("until");
    if (until != nullptr && !until->is_int64()) return malformed("a key's `until` is no whole number");
    if (until != nullptr) key.expiration = Time{Milliseconds{until->get_int64()}};
    keys.push_back(std::move(key));
  }
  return keys;
}

std::optional<std::vector<AccessKey>> KeyFile::read_if_changed() {
  if (path_.empty()) return std::nullopt;
  std::ifstream file(path_, std::ios::binary);
  if (!file) throw std::runtime_error(fmt::format("cannot read the keys {}", path_));
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (text == text_) return std::nullopt;
  Result<std::vector<AccessKey>> keys = parse_keys(text);
  if (!keys) throw std::runtime_error(fmt::format("{}: {}", path_, keys.error().message));
  text_ = std::move(text);
  return std::move(*keys);
}

}  // namespace sas::simulator
