// SPDX-License-Identifier: Apache-2.0
#include "http/tls_inspection.hpp"

#include <algorithm>
#include <ctime>
#include <utility>

#include <boost/asio/error.hpp>
#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/address_v6.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/ssl/verify_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "http/tcp.hpp"
#include "http/tls.hpp"
#include "runtime/timer.hpp"

namespace sas::http {
namespace {

using asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t kNames = 100;  // of a certificate; some have thousands

TlsFault fault_of(int verdict) {
  switch (verdict) {
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return TlsFault::wrong_name;
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return TlsFault::expired;
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return TlsFault::not_yet_valid;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_CERT_UNTRUSTED:
      return TlsFault::untrusted;
    default:
      return TlsFault::unacceptable;
  }
}

std::string name_text(const X509_NAME* name) {
  const std::unique_ptr<BIO, int (*)(BIO*)> text(::BIO_new(::BIO_s_mem()), &::BIO_free);
  if (!text || ::X509_NAME_print_ex(text.get(), name, 0, XN_FLAG_RFC2253) < 0) return {};
  char* begin = nullptr;
  const long size = BIO_get_mem_data(text.get(), &begin);
  return {begin, static_cast<std::size_t>(size)};
}

std::string printable(const ASN1_STRING* string) {
  const unsigned char* const bytes = ::ASN1_STRING_get0_data(string);
  std::string text(bytes, bytes + ::ASN1_STRING_length(string));
  std::ranges::replace_if(
      text, [](char byte) { return byte <= ' ' || byte > '~'; }, '?');
  return text;
}

std::string address_text(const ASN1_OCTET_STRING* octets) {
  const unsigned char* const bytes = ::ASN1_STRING_get0_data(octets);
  const auto size = static_cast<std::size_t>(::ASN1_STRING_length(octets));
  asio::ip::address_v4::bytes_type v4{};
  asio::ip::address_v6::bytes_type v6{};
  if (size == v4.size()) {
    std::copy_n(bytes, size, v4.begin());
    return asio::ip::address_v4(v4).to_string();
  }
  if (size != v6.size()) return "?";
  std::copy_n(bytes, size, v6.begin());
  return asio::ip::address_v6(v6).to_string();
}

std::vector<std::string> names_of(X509* certificate) {
  auto* const found =
      static_cast<GENERAL_NAMES*>(::X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
  const std::unique_ptr<GENERAL_NAMES, void (*)(GENERAL_NAMES*)> all(found, &::GENERAL_NAMES_free);
  std::vector<std::string> names;
  for (int i = 0; i < sk_GENERAL_NAME_num(found) && names.size() < kNames; ++i) {
    const GENERAL_NAME* const name = sk_GENERAL_NAME_value(found, i);
    if (name->type == GEN_DNS) names.push_back(printable(name->d.dNSName));
    if (name->type == GEN_IPADD) names.push_back(address_text(name->d.iPAddress));
  }
  return names;
}

Time time_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (::ASN1_TIME_to_tm(time, &parts) != 1) return {};
  const std::chrono::year_month_day date{std::chrono::year{parts.tm_year + 1900},
                                         std::chrono::month{static_cast<unsigned>(parts.tm_mon + 1)},
                                         std::chrono::day{static_cast<unsigned>(parts.tm_mday)}};
  return std::chrono::sys_days{date} + std::chrono::hours{parts.tm_hour} +
         std::chrono::minutes{parts.tm_min} + std::chrono::seconds{parts.tm_sec};
}

Certificate read(X509* certificate) {
  return {.subject = name_text(::X509_get_subject_name(certificate)),
          .issuer = name_text(::X509_get_issuer_name(certificate)),
          .names = names_of(certificate),
          .not_before = time_of(::X509_get0_notBefore(certificate)),
          .not_after = time_of(::X509_get0_notAfter(certificate))};
}

class Inspector {
 public:
  Inspector(tcp::socket socket, asio::ssl::context& trust) : stream_(std::move(socket), trust) {
    stream_.set_verify_callback([this](bool accepted, asio::ssl::verify_context& context) {
      look(accepted, context.native_handle());
      return true;
    });
  }

  bool expect(const std::string& host) { return expect_host(stream_.native_handle(), host); }

  asio::awaitable<Result<void>> shake_hands() {
    error_code failure;
    co_await stream_.async_handshake(asio::ssl::stream_base::client,
                                     asio::redirect_error(asio::use_awaitable, failure));
    throw_if_cancelled(failure);
    if (!failure) {
      seen.version = ::SSL_get_version(stream_.native_handle());
    } else {
      const bool is_ours = failure.category() == asio::error::get_ssl_category();
      const bool no_tls = is_ours && ERR_GET_REASON(static_cast<unsigned long>(failure.value())) ==
                                         SSL_R_WRONG_VERSION_NUMBER;
      const bool closed = failure == asio::error::eof || failure == asio::ssl::error::stream_truncated;
      add(no_tls ? TlsFault::no_tls : TlsFault::no_handshake,
          closed ? "the other side closed the connection" : failure.message());
    }
    co_return Result<void>{};
  }

  void add(TlsFault fault, std::string reason) {
    if (seen.faults.empty()) seen.reason = std::move(reason);
    if (std::ranges::find(seen.faults, fault) == seen.faults.end()) seen.faults.push_back(fault);
  }

  TlsInspection seen;

 private:
  // Called for each certificate of the chain that is fine, and once for each fault.
  void look(bool accepted, X509_STORE_CTX* context) {
    if (!seen.certificate)
      if (X509* const leaf = ::X509_STORE_CTX_get0_cert(context)) seen.certificate = read(leaf);
    if (accepted) return;
    const int verdict = ::X509_STORE_CTX_get_error(context);
    add(fault_of(verdict), ::X509_verify_cert_error_string(verdict));
  }

  asio::ssl::stream<tcp::socket> stream_;
};

}  // namespace

asio::awaitable<TlsInspection> inspect_tls(std::shared_ptr<tcp::socket> socket, asio::ssl::context& trust,
                                           std::string host, Instant deadline) {
  Inspector inspector(std::move(*socket), trust);
  if (!inspector.expect(host)) {
    inspector.add(TlsFault::wrong_name, "the host name cannot stand in a certificate");
    co_return std::move(inspector.seen);
  }
  const Result<void> ended =
      co_await runtime::with_deadline(inspector.shake_hands(), deadline, "the handshake");
  if (!ended) inspector.add(TlsFault::no_handshake, ended.error().message);
  co_return std::move(inspector.seen);
}

}  // namespace sas::http
