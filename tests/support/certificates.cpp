// SPDX-License-Identifier: Apache-2.0
#include "support/certificates.hpp"

#include <stdexcept>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

namespace sas::support {
namespace {

constexpr long kHour = 3600;

using Key = std::shared_ptr<EVP_PKEY>;
using Cert = std::shared_ptr<X509>;

void require(bool fine) {
  if (!fine) throw std::runtime_error("OpenSSL cannot make a certificate for the test");
}

Key new_key() {
  Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
  require(key != nullptr);
  return key;
}

std::string text_of(BIO* bio) {
  char* begin = nullptr;
  const long size = BIO_get_mem_data(bio, &begin);
  return {begin, static_cast<std::size_t>(size)};
}

std::string certificate_pem(X509* certificate) {
  const std::shared_ptr<BIO> bio(BIO_new(BIO_s_mem()), &BIO_free);
  require(PEM_write_bio_X509(bio.get(), certificate) == 1);
  return text_of(bio.get());
}

std::string key_pem(EVP_PKEY* key) {
  const std::shared_ptr<BIO> bio(BIO_new(BIO_s_mem()), &BIO_free);
  require(PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
  return text_of(bio.get());
}

void extend(X509* certificate, X509* issuer, int what, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const std::shared_ptr<X509_EXTENSION> extension(X509V3_EXT_conf_nid(nullptr, &context, what, value.c_str()),
                                                  &X509_EXTENSION_free);
  require(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1);
}

Cert unsigned_certificate(const std::string& common_name, EVP_PKEY* key, Validity validity) {
  Cert certificate(X509_new(), &X509_free);
  require(certificate != nullptr);
  X509_set_version(certificate.get(), X509_VERSION_3);
  long serial = 0;
  require(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial & 0x7fffffff);
  const long end = validity == Validity::now ? kHour : -kHour;
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -2 * kHour);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), end);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1, 0);
  return certificate;
}

void sign(X509* certificate, X509* issuer, EVP_PKEY* issuer_key) {
  X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
  require(X509_sign(certificate, issuer_key, EVP_sha256()) > 0);
}

}  // namespace

CertificateAuthority::CertificateAuthority()
    : key_(new_key()), certificate_(unsigned_certificate("Test CA", key_.get(), Validity::now)) {
  extend(certificate_.get(), certificate_.get(), NID_basic_constraints, "critical,CA:TRUE");
  sign(certificate_.get(), certificate_.get(), key_.get());
  pem_ = certificate_pem(certificate_.get());
}

Certificate CertificateAuthority::issue(const std::string& names, Validity validity) const {
  const Key key = new_key();
  const Cert certificate = unsigned_certificate("Test server", key.get(), validity);
  extend(certificate.get(), certificate_.get(), NID_subject_alt_name, names);
  sign(certificate.get(), certificate_.get(), key_.get());
  return {.pem = certificate_pem(certificate.get()), .key_pem = key_pem(key.get())};
}

Certificate self_signed(const std::string& names) {
  const Key key = new_key();
  const Cert certificate = unsigned_certificate("Self-made", key.get(), Validity::now);
  extend(certificate.get(), certificate.get(), NID_subject_alt_name, names);
  sign(certificate.get(), certificate.get(), key.get());
  return {.pem = certificate_pem(certificate.get()), .key_pem = key_pem(key.get())};
}

}  // namespace sas::support
