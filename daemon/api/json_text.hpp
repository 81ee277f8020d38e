// SPDX-License-Identifier: Apache-2.0
#pragma once
// An answer's bytes, held as simdjson needs them. Private to this folder: simdjson stays out of its public
// headers.

#include <string>
#include <string_view>

#include <simdjson.h>

namespace sas::api {

namespace ondemand = simdjson::ondemand;

class JsonText {
 public:
  /// Opens a body: a copy with simdjson's padding behind it, without the byte order mark that some peers put
  /// first. Where bytes are not UTF-8 they are mended, see mended(). The document lives until the next
  /// open().
  simdjson::simdjson_result<ondemand::document> open(std::string_view body);

  /// The text opened last was not UTF-8.
  [[nodiscard]] bool mended() const { return mended_; }

  /// Gives back the memory that an uncommonly large answer took.
  void shrink();

 private:
  simdjson::simdjson_result<ondemand::document> iterate(std::string_view text);

  ondemand::parser parser_;
  std::string padded_;
  bool mended_ = false;
};

/// The bytes of a value as they stand in the answer: a whole scalar, or the bracket that opens a list or an
/// object.
inline std::string_view token_of(ondemand::value& value) {
  std::string_view token = value.raw_json_token();
  // The token goes up to the next one, so what is between them is in it.
  while (!token.empty() && static_cast<unsigned char>(token.back()) <= ' ')
    token.remove_suffix(1);
  return token;
}

}  // namespace sas::api
