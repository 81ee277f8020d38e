// SPDX-License-Identifier: Apache-2.0
#include "web/client_certificate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/web/tls_fixture.hpp"

namespace sas::web {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

class ClientCertificate : public TlsServerTest {
 protected:
  /// One letter for each client: no certificate, of the authority, a stranger's, expired; `+` is let in.
  std::string let_in(const std::string& more) {
    server_->use(config(more));
    std::string letters;
    for (const support::Certificate* certificate :
         std::initializer_list<const support::Certificate*>{nullptr, &ours_, &strangers_, &expired_})
      letters += outcome({.certificate = certificate}) == kOk ? '+' : '-';
    return letters;
  }

  support::Certificate ours_ = authority_.issue("DNS:prometheus.example,email:ops@example.com,IP:10.0.0.1");
  support::Certificate strangers_ = support::CertificateAuthority().issue("DNS:prometheus.example");
  support::Certificate expired_ = authority_.issue("DNS:prometheus.example", support::Validity::expired);
};

TEST_F(ClientCertificate, EachPolicyLetsInWhoItShould) {
  start();
  const std::string ca = "  client_ca_file: ca.crt\n";
  EXPECT_EQ(let_in(""), "++++");
  EXPECT_EQ(let_in("  client_auth_type: NoClientCert\n"), "++++");
  EXPECT_EQ(let_in(ca + "  client_auth_type: RequestClientCert\n"), "++++");
  EXPECT_EQ(let_in(ca + "  client_auth_type: RequireAnyClientCert\n"), "-+++");
  EXPECT_EQ(let_in(ca + "  client_auth_type: VerifyClientCertIfGiven\n"), "++--");
  EXPECT_EQ(let_in(ca + "  client_auth_type: RequireAndVerifyClientCert\n"), "-+--");
  EXPECT_EQ(let_in("  client_auth_type: RequireAndVerifyClientCert\n"), "----")
      << "the system knows none of them";
  EXPECT_THAT(logged_.str(), HasSubstr("certificate has expired"));
}

TEST_F(ClientCertificate, OneOfItsNamesHasToBeAllowed) {
  start();
  const std::string both = "  client_ca_file: ca.crt\n  client_auth_type: RequireAndVerifyClientCert\n";
  for (const char* name : {"prometheus.example", "ops@example.com", "10.0.0.1"})
    EXPECT_EQ(let_in(both + "  client_allowed_sans: [other, '" + name + "']\n"), "-+--") << name;
  for (const char* name : {"example", "*.example", "PROMETHEUS.example", "10.0.0.10"})
    EXPECT_EQ(let_in(both + "  client_allowed_sans: ['" + name + "']\n"), "----") << name;
  EXPECT_THAT(logged_.str(),
              HasSubstr("none of the certificate's alternative names is in client_allowed_sans"));
  EXPECT_EQ(let_in("  client_auth_type: RequireAnyClientCert\n  client_allowed_sans: [prometheus.example]\n"),
            "-+++");
}

TEST_F(ClientCertificate, NamesAreWrittenAsGoWritesThem) {
  const auto issued =
      authority_.issue("DNS:a.example,URI:spiffe://a/b,IP:::1,IP:::ffff:10.0.0.2,email:x@y.z");
  const std::shared_ptr<BIO> pem(BIO_new_mem_buf(issued.pem.data(), -1), &BIO_free);
  const std::shared_ptr<X509> certificate(PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr),
                                          &X509_free);
  EXPECT_THAT(alternative_names(certificate.get()),
              ElementsAre("a.example", "spiffe://a/b", "::1", "10.0.0.2", "x@y.z"));
  const std::shared_ptr<X509> nameless(X509_new(), &X509_free);
  EXPECT_TRUE(alternative_names(nameless.get()).empty());
}

}  // namespace
}  // namespace sas::web
