// SPDX-License-Identifier: Apache-2.0
#pragma once
// Requests out of a stream of bytes, without reading the stream: whoever owns the connection appends what
// arrives and asks what has come of it. Beast does the parsing; the bounds, and what Beast lets pass though
// RFC 9112 forbids it, are here.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "web/answer.hpp"
#include "web/request.hpp"

namespace sas::web {

constexpr std::size_t kMaxRequestTarget = 8 * 1024;
constexpr std::size_t kMaxRequestHead = 16 * 1024;  // request line and header fields together
constexpr std::size_t kMaxRequestBody = 64 * 1024;  // no page needs one: it is read and forgotten

struct NeedMore {};          // append what arrives next
struct ContinueExpected {};  // the client waits for `100 Continue` before it sends the body; then as NeedMore
struct Refused {             // where the next request begins is not known: answer, then close
  Answer answer;
};
using Parsed = std::variant<NeedMore, ContinueExpected, Request, Refused>;

class RequestParser {
 public:
  RequestParser();
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  void append(std::string_view bytes);

  /// What the bytes so far amount to. After a Request it goes on with the next one, of which bytes may be
  /// there already.
  Parsed parse();

  /// Bytes of a request that is not whole yet have arrived.
  [[nodiscard]] bool in_request() const;

 private:
  struct Message;  // hides Beast

  void drop_empty_lines();
  Parsed parse_head();
  Parsed parse_body();
  Request take_request();

  std::string pending_;               // arrived, not parsed
  std::unique_ptr<Message> message_;  // the request being read
};

}  // namespace sas::web
