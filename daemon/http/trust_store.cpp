// SPDX-License-Identifier: Apache-2.0
#include "http/trust_store.hpp"

#include <utility>

#include <boost/asio/ssl/verify_mode.hpp>
#include <fmt/format.h>

namespace sas::http {
namespace {

namespace ssl = boost::asio::ssl;

Error not_loaded(std::string_view what, const boost::system::error_code& failure) {
  return {.kind = ErrorKind::give_up,
          .cause = ErrorCause::tls,
          .message = fmt::format("{}: {}", what, failure.message())};
}

}  // namespace

Result<ssl::context*> TrustStores::trusting(const std::string& ca_file) {
  if (const auto known = contexts_.find(ca_file); known != contexts_.end()) return known->second.get();

  auto context = std::make_unique<ssl::context>(ssl::context::tls_client);
  ::SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  boost::system::error_code failure;
  context->set_verify_mode(ssl::verify_peer, failure);
  if (!failure) context->set_default_verify_paths(failure);
  if (failure) return not_loaded("cannot load the system's certificate authorities", failure);
  if (!ca_file.empty()) context->load_verify_file(ca_file, failure);
  if (failure)
    return not_loaded(fmt::format("cannot load certificate authorities from {}", ca_file), failure);
  return contexts_.emplace(ca_file, std::move(context)).first->second.get();
}

}  // namespace sas::http
