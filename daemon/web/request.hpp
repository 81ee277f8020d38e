// SPDX-License-Identifier: Apache-2.0
#pragma once
// A request as the handlers see it: read whole, checked, and without what none of them needs.

#include <string>

#include "base/secret.hpp"

namespace sas::web {

struct Request {
  std::string method;           // as sent; case matters
  std::string path;             // of the target: without scheme, authority and query; not percent-decoded
  std::string accept;           // all Accept lines as one list
  std::string accept_encoding;  // all Accept-Encoding lines as one list
  Secret authorization;         // empty where there is none, or more than one
  bool chunks = false;          // HTTP/1.1: an answer may be chunked
  bool keep_alive = false;      // HTTP/1.1 without `Connection: close`
};

}  // namespace sas::web
