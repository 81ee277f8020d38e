// SPDX-License-Identifier: Apache-2.0
#pragma once
// An HTTP client that knows no HTTP: it sends the bytes it is given, never waits, and keeps what comes back.
// Beside it, just enough parsing to look at an answer.

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace sas::web {

class RawClient {
 public:
  /// `receive_buffer`: 0 leaves it to the kernel.
  explicit RawClient(std::uint16_t port, int receive_buffer = 0)
      : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    if (receive_buffer > 0) {
      ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  }
  RawClient(RawClient&& other) noexcept
      : received(std::move(other.received)), socket_(std::exchange(other.socket_, -1)), end_(other.end_) {}
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  ~RawClient() {
    if (socket_ >= 0) ::close(socket_);
  }

  void send(std::string_view bytes) {
    EXPECT_EQ(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT),
              static_cast<ssize_t>(bytes.size()));
  }
  void close_sending() { ::shutdown(socket_, SHUT_WR); }

  /// Takes in up to `most` bytes of what has arrived.
  std::size_t receive(std::size_t most = SIZE_MAX) {
    std::array<char, 64 * 1024> bytes;
    std::size_t taken = 0;
    while (taken < most && end_ == End::none) {
      const ssize_t count = ::recv(socket_, bytes.data(), std::min(bytes.size(), most - taken), MSG_DONTWAIT);
      if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) break;
      if (count == 0) end_ = End::closed;
      if (count < 0) end_ = End::reset;
      if (count <= 0) break;
      received.append(bytes.data(), static_cast<std::size_t>(count));
      taken += static_cast<std::size_t>(count);
    }
    return taken;
  }

  [[nodiscard]] bool ended() const { return end_ != End::none; }
  [[nodiscard]] bool closed() const { return end_ == End::closed; }
  [[nodiscard]] bool reset() const { return end_ == End::reset; }

  std::string received;

 private:
  enum class End { none, closed, reset };

  int socket_;
  End end_ = End::none;
};

struct Response {
  int status = 0;
  std::map<std::string, std::string> fields;
  std::string body;

  [[nodiscard]] std::string field(const std::string& name) const {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string() : found->second;
  }
};

/// Takes a chunked body off `bytes`; none where it is not whole.
inline std::optional<std::string> take_chunks(std::string& bytes) {
  std::string body;
  std::size_t at = 0;
  while (true) {
    const std::size_t line = bytes.find("\r\n", at);
    if (line == std::string::npos) return std::nullopt;
    const std::size_t size = std::stoull(bytes.substr(at, line - at), nullptr, 16);
    if (bytes.size() < line + 2 + size + 2) return std::nullopt;
    EXPECT_EQ(bytes.substr(line + 2 + size, 2), "\r\n");
    body.append(bytes, line + 2, size);
    at = line + 2 + size + 2;
    if (size == 0) break;
  }
  bytes.erase(0, at);
  return body;
}

enum class Asked { get, head };

/// Takes the first answer off the bytes of `client`; none where it is not whole.
inline std::optional<Response> take_response(RawClient& client, Asked asked = Asked::get) {
  std::string& bytes = client.received;
  const std::size_t head = bytes.find("\r\n\r\n");
  if (head == std::string::npos) return std::nullopt;
  Response response;
  response.status = std::stoi(bytes.substr(bytes.find(' ') + 1, 3));
  for (std::size_t at = bytes.find("\r\n") + 2; at < head + 2;) {
    const std::size_t end = bytes.find("\r\n", at);
    const std::size_t colon = bytes.find(": ", at);
    response.fields[bytes.substr(at, colon - at)] = bytes.substr(colon + 2, end - colon - 2);
    at = end + 2;
  }
  std::string rest = bytes.substr(head + 4);
  if (asked == Asked::head || response.status == 100) {
  } else if (response.field("Transfer-Encoding") == "chunked") {
    auto body = take_chunks(rest);
    if (!body) return std::nullopt;
    response.body = std::move(*body);
  } else if (const std::string length = response.field("Content-Length"); !length.empty()) {
    if (rest.size() < std::stoull(length)) return std::nullopt;
    response.body = rest.substr(0, std::stoull(length));
    rest.erase(0, response.body.size());
  } else {
    if (!client.closed()) return std::nullopt;
    response.body = std::exchange(rest, {});
  }
  bytes = std::move(rest);
  return response;
}

}  // namespace sas::web
