// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which certificates of clients are taken, if any are asked for.

#include <string>
#include <vector>

#include <openssl/types.h>

#include "settings/web_config.hpp"

namespace sas::web {

/// Whether a certificate has to lead to an authority.
bool is_verified(settings::ClientAuth auth);

/// Has handshakes ask for a certificate and judge it. `tls` must outlive the context.
void check_clients(SSL_CTX* context, const settings::TlsServer& tls);

/// The alternative names of a certificate as Go writes them: DNS names, mail and IP addresses, URIs.
std::vector<std::string> alternative_names(const X509* certificate);

/// What a verdict of OpenSSL on a client's certificate means here; its own words where it has some.
std::string verdict_text(long verdict);

}  // namespace sas::web
