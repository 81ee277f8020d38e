// SPDX-License-Identifier: Apache-2.0
#include "runtime/inherited_sockets.hpp"

#include <string>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <sys/socket.h>
#include <systemd/sd-daemon.h>

namespace sas::runtime {
namespace {

Error unusable(std::string message) {
  return {.kind = ErrorKind::give_up, .cause = ErrorCause::configuration, .message = std::move(message)};
}

/// AF_UNSPEC: not a socket to serve HTTP at.
int family_of(int descriptor) {
  for (const int family : {AF_INET6, AF_INET}) {
    if (::sd_is_socket(descriptor, family, SOCK_STREAM, 1) > 0) return family;
  }
  return AF_UNSPEC;
}

}  // namespace

Result<std::vector<InheritedSocket>> take_inherited_sockets() {
  const int count = ::sd_listen_fds(1);
  if (count < 0)
    return unusable(
        fmt::format("cannot take the sockets of systemd: {}", std::generic_category().message(-count)));
  if (count == 0) {
    return unusable(
        "systemd has handed over no sockets (LISTEN_PID and LISTEN_FDS do not name this process); start the "
        "service through its .socket unit, or leave out --web.systemd-socket");
  }
  std::vector<InheritedSocket> sockets;
  for (int descriptor = SD_LISTEN_FDS_START; descriptor < SD_LISTEN_FDS_START + count; ++descriptor) {
    const int family = family_of(descriptor);
    if (family == AF_UNSPEC) {
      return unusable(fmt::format(
          "socket {} of {} from systemd does not listen for TCP connections; the .socket unit needs "
          "ListenStream= with an address and port, and Accept=no",
          descriptor - SD_LISTEN_FDS_START + 1, count));
    }
    sockets.push_back({.descriptor = descriptor, .family = family});
  }
  return sockets;
}

}  // namespace sas::runtime
