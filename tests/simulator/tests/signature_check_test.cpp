// SPDX-License-Identifier: Apache-2.0
#include "simulator/service/signature_check.hpp"

#include <fstream>
#include <iterator>
#include <ostream>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gmock/gmock.h>

#include "simulator/service/percent.hpp"
#include "support/folders.hpp"

namespace sas::simulator {
namespace {

namespace json = boost::json;

using ::testing::HasSubstr;

/// A request that the official algorithm has signed, and the key that it used.
struct Vector {
  std::string name;
  Request request;
  AccessKey key;
  Time date;
  std::string canonical_request;
};

std::string text(const json::value& value) {
  return value.is_string() ? std::string(value.get_string()) : std::string();
}

Vector base_vector(const json::object& from, const char* signer) {
  const json::object& input = from.at("input").as_object();
  Vector vector{.name = text(from.at("name")) + "/" + signer,
                .request = {},
                .key = {},
                .date = {},
                .canonical_request = {}};
  vector.request.method = text(input.at("method"));
  vector.key.id = text(input.at("access_key_id"));
  vector.key.secret = Secret(text(input.at("access_key_secret")));
  vector.key.security_token = Secret(text(input.at("security_token")));
  vector.date = parse_date(text(input.at("date"))).value();
  vector.canonical_request = text(from.at(signer).at("canonical_request"));
  const json::object& plain = from.at("plain").as_object();
  vector.request.body = text(plain.at("body"));
  return vector;
}

/// As our own client sends it: the canonical query, the headers of `plain`.
Vector plain_vector(const json::object& from) {
  Vector vector = base_vector(from, "plain");
  for (const auto& [key, value] : from.at("flat_query").as_object()) {
    vector.request.target += vector.request.target.empty() ? "/?" : "&";
    vector.request.target += percent_encode(key) + "=" + percent_encode(text(value));
  }
  if (vector.request.target.empty()) vector.request.target = "/";
  for (const auto& [name, value] : from.at("plain").at("signed_headers").as_object())
    vector.request.headers.push_back({name, text(value)});
  vector.request.headers.push_back({"Authorization", text(from.at("plain").at("authorization"))});
  return vector;
}

/// As the official client sent it, its own wire form of the URL included.
Vector official_vector(const json::object& from) {
  Vector vector = base_vector(from, "official_client");
  const json::object& official = from.at("official_client").as_object();
  const std::string url = text(official.at("wire_url"));
  const std::size_t path = url.find('/', url.find("://") + 3);
  vector.request.target = path == std::string::npos ? "/" : url.substr(path);
  for (const auto& [name, value] : official.at("headers").as_object())
    vector.request.headers.push_back({name, text(value)});
  return vector;
}

std::vector<Vector> vectors() {
  std::ifstream file(support::data_folder() + "/acs3_vectors.json");
  const std::string content{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  std::vector<Vector> all;
  const json::value document = json::parse(content);
  for (const json::value& value : document.at("vectors").as_array()) {
    all.push_back(plain_vector(value.as_object()));
    if (value.as_object().contains("official_client")) all.push_back(official_vector(value.as_object()));
  }
  return all;
}

std::string code(const std::optional<ApiError>& refusal) {
  return refusal ? refusal->code : "accepted";
}

std::string check(const Vector& vector, Milliseconds late = Milliseconds{0}) {
  return code(SignatureCheck({vector.key}).refusal(vector.request, vector.date + late));
}

Vector by_name(std::string_view name) {
  for (Vector& vector : vectors()) {
    if (vector.name == name) return std::move(vector);
  }
  throw std::out_of_range(std::string(name));
}

std::string& header(Vector& vector, std::string_view name) {
  for (Header& candidate : vector.request.headers) {
    if (candidate.name == name) return candidate.value;
  }
  throw std::out_of_range(std::string(name));
}

TEST(SignatureCheck, AcceptsWhatTheOfficialAlgorithmSigned) {
  const std::vector<Vector> all = vectors();
  EXPECT_EQ(all.size(),
            49U);  // 25 plain ones, and all but the documentation's example as the official client sent them
  for (const Vector& vector : all)
    EXPECT_EQ(check(vector), "accepted") << vector.name;
}

TEST(SignatureCheck, ComputesTheOfficialCanonicalRequest) {
  for (Vector& vector : vectors()) {
    const auto authorization = parse_authorization(header(vector, "Authorization"));
    ASSERT_TRUE(authorization) << vector.name;
    EXPECT_EQ(canonical_request(vector.request, authorization->signed_headers), vector.canonical_request)
        << vector.name;
  }
}

TEST(SignatureCheck, RefusesAnyChangeOfWhatIsSigned) {
  for (const Vector& vector : vectors()) {
    Vector tampered = vector;
    tampered.request.target += tampered.request.target.find('?') == std::string::npos ? "?X=1" : "&X=1";
    EXPECT_EQ(check(tampered), "SignatureDoesNotMatch") << vector.name;
    tampered = vector;
    tampered.request.method = vector.request.method == "GET" ? "POST" : "GET";
    EXPECT_EQ(check(tampered), "SignatureDoesNotMatch") << vector.name;
    for (const char* name : {"host", "x-acs-action", "x-acs-version", "x-acs-signature-nonce"}) {
      tampered = vector;
      header(tampered, name) += "x";
      EXPECT_EQ(check(tampered), "SignatureDoesNotMatch") << vector.name << " " << name;
    }
    tampered = vector;
    tampered.key.secret = Secret("another");
    EXPECT_EQ(check(tampered), "SignatureDoesNotMatch") << vector.name;
    tampered = vector;
    tampered.request.body += "x";
    EXPECT_EQ(check(tampered), "IncompleteSignature") << vector.name;
  }
}

TEST(SignatureCheck, TellsWhatItComputedWhereTheSignatureIsAnother) {
  Vector vector = by_name("scalars/plain");
  vector.request.target += "&Extra=1";
  const auto refusal = SignatureCheck({vector.key}).refusal(vector.request, vector.date);
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->status, 400U);
  EXPECT_THAT(refusal->message, HasSubstr("server StringToSign is [ACS3-HMAC-SHA256\n"));
  EXPECT_THAT(refusal->message, HasSubstr("server CanonicalRequest is [POST\n/\n"));
  EXPECT_THAT(refusal->message, HasSubstr("Extra=1"));
}

TEST(SignatureCheck, RefusesDatesMoreThanFifteenMinutesAway) {
  const Vector vector = by_name("scalars/plain");
  EXPECT_EQ(check(vector, kSignatureWindow), "accepted");
  EXPECT_EQ(check(vector, -kSignatureWindow), "accepted");
  EXPECT_EQ(check(vector, kSignatureWindow + Milliseconds{1}), "InvalidTimeStamp.Expired");
  EXPECT_EQ(check(vector, -kSignatureWindow - Milliseconds{1}), "InvalidTimeStamp.Expired");
}

TEST(SignatureCheck, RefusesDatesOfAnotherForm) {
  for (const char* date : {"2026-01-02 03:04:05Z", "2026-01-02T03:04:05+00:00", "2026-1-2T3:4:5Z",
                           "2026-02-30T03:04:05Z", "Fri, 02 Jan 2026 03:04:05 GMT", ""}) {
    Vector vector = by_name("scalars/plain");
    header(vector, "x-acs-date") = date;
    EXPECT_EQ(check(vector), "InvalidTimeStamp.Format") << date;
  }
}

TEST(SignatureCheck, RefusesANonceForFifteenMinutes) {
  const Vector vector = by_name("scalars/plain");
  SignatureCheck gate({vector.key});
  const Time early = vector.date - kSignatureWindow;
  EXPECT_EQ(code(gate.refusal(vector.request, early)), "accepted");
  EXPECT_EQ(code(gate.refusal(vector.request, early + kSignatureWindow)), "SignatureNonceUsed");
  EXPECT_EQ(code(gate.refusal(vector.request, early + kSignatureWindow + Milliseconds{1})), "accepted");
}

TEST(SignatureCheck, ARefusedRequestDoesNotUseUpItsNonce) {
  const Vector vector = by_name("scalars/plain");
  Vector tampered = vector;
  tampered.request.target += "&Extra=1";
  SignatureCheck gate({vector.key});
  EXPECT_EQ(code(gate.refusal(tampered.request, vector.date)), "SignatureDoesNotMatch");
  EXPECT_EQ(code(gate.refusal(vector.request, vector.date)), "accepted");
}

TEST(SignatureCheck, RefusesUnknownKeys) {
  Vector vector = by_name("scalars/plain");
  vector.key.id = "somebody-else";
  const auto refusal = SignatureCheck({vector.key}).refusal(vector.request, vector.date);
  EXPECT_EQ(code(refusal), "InvalidAccessKeyId.NotFound");
  EXPECT_EQ(refusal->status, 404U);
}

TEST(SignatureCheck, WantsEveryHeaderSignedThatMustBe) {
  const std::string part = ";x-acs-version";
  for (const char* name : {"host", "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce",
                           "x-acs-content-sha256"}) {
    Vector vector = by_name("scalars/plain");
    std::erase_if(vector.request.headers, [name](const Header& candidate) { return candidate.name == name; });
    EXPECT_EQ(check(vector), "IncompleteSignature") << name;
  }
  Vector extra = by_name("scalars/plain");
  extra.request.headers.push_back({"X-Acs-Something", "new"});
  EXPECT_EQ(check(extra), "IncompleteSignature");
  Vector unsigned_version = by_name("scalars/plain");
  std::string& authorization = header(unsigned_version, "Authorization");
  authorization.erase(authorization.find(part), part.size());
  EXPECT_EQ(check(unsigned_version), "IncompleteSignature");
}

TEST(SignatureCheck, RefusesAMissingOrMalformedAuthorization) {
  for (const char* value :
       {"", "Bearer abc", "ACS3-HMAC-SHA256", "ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host",
        "ACS3-HMAC-SHA256 Credential=a;Signature=b", "ACS3-HMAC-SHA1 Credential=a,Signature=b"}) {
    Vector vector = by_name("scalars/plain");
    header(vector, "Authorization") = value;
    EXPECT_EQ(check(vector), "IncompleteSignature") << value;
  }
}

TEST(SignatureCheck, WantsTheTokenThatBelongsToTheKey) {
  Vector vector = by_name("sts_token/plain");
  ASSERT_EQ(check(vector), "accepted");
  vector.key.security_token = Secret("another");
  EXPECT_EQ(check(vector), "InvalidSecurityToken.MismatchWithAccessKey");
  Vector without = by_name("scalars/plain");
  without.key.security_token = Secret("needed");
  EXPECT_EQ(check(without), "MissingSecurityToken");
}

TEST(SignatureCheck, TakesAKeyUntilItsEnd) {
  for (const char* name : {"no_params/plain", "sts_token/plain"}) {
    Vector vector = by_name(name);
    vector.key.expiration = vector.date + Milliseconds{1};
    EXPECT_EQ(code(SignatureCheck({vector.key}).refusal(vector.request, vector.date)), "accepted") << name;
    SignatureCheck gate({});
    vector.key.expiration = vector.date;
    gate.use_keys({vector.key});
    EXPECT_EQ(code(gate.refusal(vector.request, vector.date)), vector.key.security_token.empty()
                                                                   ? "InvalidAccessKeyId.NotFound"
                                                                   : "InvalidSecurityToken.Expired");
  }
}

TEST(SignatureCheck, ReadsTheWireAndNotWhatWasMeant) {
  // A raw + is a space to the service, so a client that signs %2B and sends + is found out.
  Vector vector = by_name("newline_space_tab_plus/plain");
  std::string& target = vector.request.target;
  ASSERT_NE(target.find("%2B"), std::string::npos);
  target.replace(target.find("%2B"), 3, "+");
  EXPECT_EQ(check(vector), "SignatureDoesNotMatch");
  Vector broken = by_name("scalars/plain");
  broken.request.target += "%2";
  EXPECT_EQ(check(broken), "IncompleteSignature");
}

TEST(SignatureCheck, TakesGetAndPostOnly) {
  Vector vector = by_name("scalars/plain");
  vector.request.method = "PUT";
  EXPECT_EQ(check(vector), "UnsupportedHTTPMethod");
}

}  // namespace
}  // namespace sas::simulator
