// SPDX-License-Identifier: Apache-2.0
#include "http/trust_store.hpp"

#include <cerrno>
#include <utility>

#include <boost/asio/ssl/verify_mode.hpp>
#include <fmt/format.h>
#include <sys/stat.h>

namespace sas::http {
namespace {

namespace ssl = boost::asio::ssl;

std::string from(const std::string& ca_file) {
  return fmt::format("cannot load certificate authorities from {}", ca_file);
}

Error not_loaded(std::string_view what, const boost::system::error_code& failure) {
  return {.kind = ErrorKind::give_up,
          .cause = ErrorCause::tls,
          .message = fmt::format("{}: {}", what, failure.message())};
}

// Of a pipe or a device one could wait for the end for ever.
Result<void> check_file(const std::string& ca_file) {
  struct stat status {};
  if (::stat(ca_file.c_str(), &status) != 0)
    return not_loaded(from(ca_file), {errno, boost::system::system_category()});
  if (S_ISREG(status.st_mode)) return {};
  return Error{.kind = ErrorKind::give_up,
               .cause = ErrorCause::tls,
               .message = from(ca_file) + ": not a regular file"};
}

}  // namespace

Result<std::shared_ptr<ssl::context>> load_trust_store(const std::string& ca_file) {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_client);
  ::SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  boost::system::error_code failure;
  context->set_verify_mode(ssl::verify_peer, failure);
  if (!failure) context->set_default_verify_paths(failure);
  if (failure) return not_loaded("cannot load the system's certificate authorities", failure);
  if (ca_file.empty()) return context;
  if (const Result<void> usable = check_file(ca_file); !usable) return usable.error();
  context->load_verify_file(ca_file, failure);
  if (failure) return not_loaded(from(ca_file), failure);
  return context;
}

Result<ssl::context*> TrustStores::trusting(const std::string& ca_file) {
  if (ssl::context* const known = find(ca_file)) return known;
  Result<std::shared_ptr<ssl::context>> loaded = load_trust_store(ca_file);
  if (!loaded) return loaded.error();
  return keep(ca_file, std::move(*loaded));
}

ssl::context* TrustStores::find(const std::string& ca_file) const {
  const auto known = contexts_.find(ca_file);
  return known == contexts_.end() ? nullptr : known->second.get();
}

ssl::context* TrustStores::keep(const std::string& ca_file, std::shared_ptr<ssl::context> context) {
  return contexts_.emplace(ca_file, std::move(context)).first->second.get();
}

}  // namespace sas::http
