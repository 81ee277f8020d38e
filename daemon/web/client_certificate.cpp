// SPDX-License-Identifier: Apache-2.0
#include "web/client_certificate.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/address_v6.hpp>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace sas::web {
namespace {

using settings::ClientAuth;

int verify_mode(ClientAuth auth) {
  switch (auth) {
    case ClientAuth::no_client_cert:
      return SSL_VERIFY_NONE;
    case ClientAuth::request_client_cert:
    case ClientAuth::verify_client_cert_if_given:
      return SSL_VERIFY_PEER;
    case ClientAuth::require_any_client_cert:
    case ClientAuth::require_and_verify_client_cert:
      return SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
  }
  return SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
}

std::string text_of(const ASN1_STRING* text) {
  return {reinterpret_cast<const char*>(::ASN1_STRING_get0_data(text)),
          static_cast<std::size_t>(::ASN1_STRING_length(text))};
}

/// Empty where it is neither an IPv4 nor an IPv6 address. IPv4 within IPv6 is IPv4, as with Go.
std::string address_of(const ASN1_STRING* bytes) {
  namespace ip = boost::asio::ip;
  const unsigned char* const data = ::ASN1_STRING_get0_data(bytes);
  const auto size = static_cast<std::size_t>(::ASN1_STRING_length(bytes));
  ip::address_v4::bytes_type v4{};
  ip::address_v6::bytes_type v6{};
  if (size == v4.size()) {
    std::memcpy(v4.data(), data, size);
    return ip::address_v4(v4).to_string();
  }
  if (size != v6.size()) return {};
  std::memcpy(v6.data(), data, size);
  const ip::address_v6 address(v6);
  if (address.is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, address).to_string();
  return address.to_string();
}

bool is_allowed(const X509* certificate, const std::vector<std::string>& allowed) {
  const std::vector<std::string> names = alternative_names(certificate);
  return std::find_first_of(names.begin(), names.end(), allowed.begin(), allowed.end()) != names.end();
}

/// In place of OpenSSL's own verification. Called only where the client sent a certificate.
int judge(X509_STORE_CTX* client, void* settings) {
  const auto& tls = *static_cast<const settings::TlsServer*>(settings);
  if (is_verified(tls.client_auth) && ::X509_verify_cert(client) != 1) return 0;
  const bool fits = tls.client_allowed_sans.empty() ||
                    is_allowed(::X509_STORE_CTX_get0_cert(client), tls.client_allowed_sans);
  ::X509_STORE_CTX_set_error(client, fits ? X509_V_OK : X509_V_ERR_APPLICATION_VERIFICATION);
  return fits ? 1 : 0;
}

}  // namespace

bool is_verified(ClientAuth auth) {
  return auth == ClientAuth::verify_client_cert_if_given ||
         auth == ClientAuth::require_and_verify_client_cert;
}

void check_clients(SSL_CTX* context, const settings::TlsServer& tls) {
  ::SSL_CTX_set_verify(context, verify_mode(tls.client_auth), nullptr);
  ::SSL_CTX_set_cert_verify_callback(context, &judge,
                                     const_cast<settings::TlsServer*>(&tls));  // judge reads only
}

std::vector<std::string> alternative_names(const X509* certificate) {
  const std::unique_ptr<GENERAL_NAMES, decltype(&::GENERAL_NAMES_free)> found(
      static_cast<GENERAL_NAMES*>(::X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
      &::GENERAL_NAMES_free);
  std::vector<std::string> names;
  for (int i = 0; i < sk_GENERAL_NAME_num(found.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(found.get(), i);
    if (name->type == GEN_DNS || name->type == GEN_EMAIL || name->type == GEN_URI) {
      names.push_back(text_of(name->d.ia5));
    } else if (name->type == GEN_IPADD) {
      names.push_back(address_of(name->d.iPAddress));
    }
  }
  return names;
}

std::string verdict_text(long verdict) {
  if (verdict == X509_V_ERR_APPLICATION_VERIFICATION)
    return "none of the certificate's alternative names is in client_allowed_sans";
  return ::X509_verify_cert_error_string(verdict);
}

}  // namespace sas::web
