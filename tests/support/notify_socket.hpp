// SPDX-License-Identifier: Apache-2.0
#pragma once
// A service manager's ear: the socket that $NOTIFY_SOCKET names for as long as it lives.

#include <array>
#include <stdexcept>
#include <string>
#include <vector>

#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "support/temporary_folder.hpp"

namespace sas::support {

class NotifySocket {
 public:
  NotifySocket() : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
    const std::string path = folder_.path("notify");
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
    if (::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("cannot listen at " + path);
    ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
  }
  ~NotifySocket() {
    ::unsetenv("NOTIFY_SOCKET");
    ::close(socket_);
  }
  NotifySocket(const NotifySocket&) = delete;
  NotifySocket& operator=(const NotifySocket&) = delete;

  /// The messages since it was last asked. A datagram is there as soon as it was sent.
  std::vector<std::string> heard() {
    std::vector<std::string> messages;
    std::array<char, 4096> buffer{};
    ssize_t length = 0;
    while ((length = ::recv(socket_, buffer.data(), buffer.size(), 0)) >= 0)
      messages.emplace_back(buffer.begin(), buffer.begin() + length);
    return messages;
  }

 private:
  TemporaryFolder folder_;
  int socket_;
};

}  // namespace sas::support
