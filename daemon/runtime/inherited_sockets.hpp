// SPDX-License-Identifier: Apache-2.0
#pragma once
// Listening sockets that systemd opened and handed over (sd_listen_fds(3)).

#include <vector>

#include "base/result.hpp"

namespace sas::runtime {

struct InheritedSocket {
  int descriptor = -1;
  int family = 0;  // AF_INET or AF_INET6
};

/// All of them, once: what they come from is taken out of the environment, so that no child believes that
/// they are its own. Whoever gets them closes them. An error (configuration) where there are none, or one
/// that nothing can be served at, and says what to do.
Result<std::vector<InheritedSocket>> take_inherited_sockets();

}  // namespace sas::runtime
