// SPDX-License-Identifier: Apache-2.0
#pragma once
// A JSON object that holds secrets: read field by field, and wiped from memory afterwards.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "base/access_key.hpp"
#include "base/result.hpp"

namespace sas::credentials {

class SecretJson {
 public:
  explicit SecretJson(std::string_view text);
  ~SecretJson();
  SecretJson(const SecretJson&) = delete;
  SecretJson& operator=(const SecretJson&) = delete;

  /// Null where the text is no JSON object.
  [[nodiscard]] const boost::json::object* object() const { return value_.if_object(); }

 private:
  std::vector<unsigned char> memory_;  // all that is parsed lies here
  boost::json::monotonic_resource resource_;
  boost::json::value value_;
};

/// A text, or a whole number as text; empty where the field is missing, null, or something else.
std::string text_of(const boost::json::object& object, std::string_view field);

/// How the four parts of a key are called. STS, the metadata service and URIs write them as `AccessKeyId`.
struct KeyFields {
  std::string_view id = "AccessKeyId";
  std::string_view secret = "AccessKeySecret";
  std::string_view security_token = "SecurityToken";
  std::string_view expiration = "Expiration";
};

/// A key without a token is a long-lived one; an expiration that is no time counts as none. The error says
/// which field is missing; `where` begins it.
Result<AccessKey> key_of(const boost::json::object& object, std::string_view where,
                         const KeyFields& fields = {});

}  // namespace sas::credentials
