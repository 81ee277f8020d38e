// SPDX-License-Identifier: Apache-2.0
#pragma once
// HTTP requests out of a stream of bytes.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "simulator/service/message.hpp"

namespace sas::simulator {

struct ReceivedRequest {
  Request request;
  bool keep_alive = true;
};

class RequestReader {
 public:
  RequestReader();
  ~RequestReader();

  /// Takes more bytes in. A request as soon as one is whole, nothing before that, an error where it is not
  /// HTTP. What follows a request is kept: ask again with nothing before more is read.
  Result<std::optional<ReceivedRequest>> feed(std::string_view bytes);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
  std::string pending_;
};

}  // namespace sas::simulator
