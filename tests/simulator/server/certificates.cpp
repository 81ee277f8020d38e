// SPDX-License-Identifier: Apache-2.0
#include "simulator/server/certificates.hpp"

#include <filesystem>
#include <memory>
#include <stdexcept>

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <unistd.h>

namespace sas::simulator {
namespace {

template <auto free>
struct Free {
  template <class T>
  void operator()(T* object) const {
    free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>>;
using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;

constexpr long kDay = 24L * 60 * 60;
constexpr long kVersion3 = 2;

void require(bool done, const char* what) {
  if (!done) throw std::runtime_error(fmt::format("OpenSSL cannot {}", what));
}

Key make_key() {
  Key key(EVP_EC_gen("P-256"));
  require(key != nullptr, "make a key");
  return key;
}

void add_extension(X509* certificate, X509* issuer, int which, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, which, value));
  require(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1, "write an extension");
}

/// Named, numbered and dated; neither extended nor signed.
Certificate blank(const char* name, EVP_PKEY* key) {
  Certificate certificate(X509_new());
  require(certificate != nullptr, "make a certificate");
  std::int64_t serial = 0;
  require(RAND_bytes(static_cast<unsigned char*>(static_cast<void*>(&serial)), sizeof serial) == 1,
          "number it");
  require(ASN1_INTEGER_set_int64(X509_get_serialNumber(certificate.get()), serial & 0x7fffffffffffffff) == 1,
          "number it");
  X509_set_version(certificate.get(), kVersion3);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kDay);  // clients' clocks differ
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 365 * kDay);
  X509_set_pubkey(certificate.get(), key);
  const auto* text = static_cast<const unsigned char*>(static_cast<const void*>(name));
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC, text, -1, -1, 0);
  return certificate;
}

void sign(X509* certificate, X509* issuer, EVP_PKEY* key) {
  X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
  add_extension(certificate, issuer, NID_subject_key_identifier, "hash");
  add_extension(certificate, issuer, NID_authority_key_identifier, "keyid");
  require(X509_sign(certificate, key, EVP_sha256()) != 0, "sign a certificate");
}

Bio open(const std::string& file, mode_t mode) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  if (descriptor < 0) throw std::runtime_error(fmt::format("cannot write {}", file));
  return Bio(BIO_new_fd(descriptor, BIO_CLOSE));
}

void write(const std::string& file, X509* certificate) {
  require(PEM_write_bio_X509(open(file, 0644).get(), certificate) == 1, "write a certificate");
}

}  // namespace

void make_certificates(const std::string& folder) {
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  if (failure)
    throw std::runtime_error(fmt::format("cannot make the folder {}: {}", folder, failure.message()));

  const Key ca_key = make_key();
  const Certificate ca = blank("sas-simulator CA", ca_key.get());
  add_extension(ca.get(), ca.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add_extension(ca.get(), ca.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
  sign(ca.get(), ca.get(), ca_key.get());

  const Key key = make_key();
  const Certificate server = blank("sas-simulator", key.get());
  add_extension(server.get(), ca.get(), NID_basic_constraints, "critical,CA:FALSE");
  add_extension(server.get(), ca.get(), NID_key_usage, "critical,digitalSignature");
  add_extension(server.get(), ca.get(), NID_ext_key_usage, "serverAuth");
  add_extension(server.get(), ca.get(), NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1");
  sign(server.get(), ca.get(), ca_key.get());

  write(folder + "/ca.pem", ca.get());
  write(folder + "/server.pem", server.get());
  require(PEM_write_bio_PrivateKey(open(folder + "/server.key", 0600).get(), key.get(), nullptr, nullptr, 0,
                                   nullptr, nullptr) == 1,
          "write a key");
}

}  // namespace sas::simulator
