// SPDX-License-Identifier: Apache-2.0
#pragma once
// One gzip member (RFC 1952), made piece by piece by ISA-L at level 1: a fraction of zlib's time on metrics
// text.

#include <memory>
#include <string>
#include <string_view>

namespace sas::web {

class GzipStream {
 public:
  GzipStream();
  ~GzipStream();
  GzipStream(GzipStream&&) noexcept;
  GzipStream& operator=(GzipStream&&) noexcept;

  /// Takes the next bytes and appends to `out` what can be said of them yet, which may be nothing.
  void write(std::string_view bytes, std::string& out);

  /// Appends what is left and the trailer. Once, after the last write.
  void finish(std::string& out);

 private:
  struct State;

  void deflate(std::string& out);

  std::unique_ptr<State> state_;  // some 350 KB, so not within whatever holds the stream
};

}  // namespace sas::web
