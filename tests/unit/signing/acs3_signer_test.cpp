// SPDX-License-Identifier: Apache-2.0
#include "signing/acs3_signer.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <ostream>
#include <sstream>

#include <boost/json/src.hpp>  // the whole parser: the unit programs link no Boost.JSON
#include <gmock/gmock.h>

#include "support/folders.hpp"

namespace sas::signing {
namespace {

namespace json = boost::json;
using ::testing::Contains;
using ::testing::Each;
using ::testing::Key;
using ::testing::Not;
using ::testing::Pair;

struct Vector {
  std::string name;
  json::object whole;

  [[nodiscard]] const json::value& input(const char* field) const { return whole.at("input").at(field); }
  [[nodiscard]] std::string text(const char* field) const {
    return input(field).is_null() ? std::string{} : json::value_to<std::string>(input(field));
  }
  [[nodiscard]] std::string plain(const char* field) const {
    return json::value_to<std::string>(whole.at("plain").at(field));
  }
};

void PrintTo(const Vector& vector, std::ostream* out) {
  *out << vector.name;
}

std::vector<Vector> load() {
  std::ifstream file(support::data_folder() + "/acs3_vectors.json");
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  std::vector<Vector> vectors;
  const json::value whole = json::parse(text);
  for (const json::value& entry : whole.at("vectors").as_array()) {
    vectors.push_back({json::value_to<std::string>(entry.at("name")), entry.as_object()});
  }
  return vectors;
}

Time parse_time(const std::string& text) {
  int year = 0;
  unsigned month = 0, day = 0, hour = 0, minute = 0, second = 0;
  char mark = 0;
  std::istringstream in(text);
  in >> year >> mark >> month >> mark >> day >> mark >> hour >> mark >> minute >> mark >> second;
  const std::chrono::year_month_day date{std::chrono::year{year} / static_cast<int>(month) /
                                         static_cast<int>(day)};
  return std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
         std::chrono::seconds{second};
}

std::vector<NameValue> pairs(const json::value& object) {
  std::vector<NameValue> found;
  if (object.is_null()) return found;
  for (const auto& [name, value] : object.as_object()) {
    found.emplace_back(name, json::value_to<std::string>(value));
  }
  return found;
}

Call call_of(const Vector& vector) {
  return {.method = vector.text("method"),
          .host = vector.text("endpoint"),
          .path = vector.text("path"),
          .action = vector.text("action"),
          .version = vector.text("version"),
          .query = pairs(vector.whole.at("flat_query")),
          .body = vector.plain("body"),
          .content_type = vector.plain("body").empty() ? "" : "application/x-www-form-urlencoded",
          .extra = pairs(vector.input("extra_headers"))};
}

AccessKey key_of(const Vector& vector) {
  return {.id = vector.text("access_key_id"),
          .secret = Secret{vector.text("access_key_secret")},
          .security_token = Secret{vector.text("security_token")}};
}

SignedCall sign(const Vector& vector) {
  return sign(call_of(vector), key_of(vector), parse_time(vector.text("date")), vector.text("nonce"));
}

class Acs3Vectors : public ::testing::TestWithParam<Vector> {};

TEST_P(Acs3Vectors, CanonicalRequestIsTheOfficialOne) {
  const Vector& vector = GetParam();
  const Call call = call_of(vector);
  const auto headers =
      headers_to_sign(call, key_of(vector), parse_time(vector.text("date")), vector.text("nonce"));
  const auto hash = std::ranges::find(headers, "x-acs-content-sha256", &NameValue::first);
  ASSERT_NE(hash, headers.end());
  const std::string request =
      canonical_request(call.method, call.path, canonical_query(call.query), headers, hash->second);
  EXPECT_EQ(request, vector.plain("canonical_request"));
  EXPECT_EQ(string_to_sign(request), vector.plain("string_to_sign"));
}

TEST_P(Acs3Vectors, AuthorizationIsTheOfficialOne) {
  EXPECT_THAT(sign(GetParam()).headers,
              Contains(Pair("Authorization", GetParam().plain("authorization"))).Times(1));
}

TEST_P(Acs3Vectors, SendsExactlyTheSignedHeadersAndTheAuthorization) {
  const auto expected = canonical_headers(pairs(GetParam().whole.at("plain").at("signed_headers")));
  auto sent = sign(GetParam()).headers;
  std::erase_if(sent, [](const NameValue& header) { return header.first == "Authorization"; });
  EXPECT_EQ(sent, expected);
}

TEST_P(Acs3Vectors, TargetIsThePathAndTheCanonicalQuery) {
  // The canonical query is the third line of the canonical request.
  std::istringstream lines(GetParam().plain("canonical_request"));
  std::string line;
  for (int i = 0; i < 3; ++i)
    std::getline(lines, line);
  EXPECT_EQ(sign(GetParam()).target, line.empty() ? "/" : "/?" + line);
}

INSTANTIATE_TEST_SUITE_P(Official, Acs3Vectors, ::testing::ValuesIn(load()),
                         [](const auto& test) { return test.param.name; });

TEST(Acs3Signer, KnowsAllTwentyFiveVectors) {
  EXPECT_EQ(load().size(), 25U);
}

const Call kCall{.method = "POST",
                 .host = "h",
                 .action = "A",
                 .version = "V",
                 .query = {{"P", "1"}},
                 .body = {},
                 .content_type = {},
                 .extra = {}};
const AccessKey kKey{.id = "id", .secret = Secret{"secret"}, .security_token = {}};
constexpr Time kNow{std::chrono::seconds{1'767'323'045}};

std::string authorization(const Call& call, const AccessKey& key, Time now, std::string_view nonce) {
  return sign(call, key, now, nonce).headers.back().second;
}

TEST(Acs3Signer, AnythingThatIsSignedChangesTheSignature) {
  const std::string base = authorization(kCall, kKey, kNow, "n");
  EXPECT_EQ(authorization(kCall, kKey, kNow, "n"), base);

  AccessKey wrong = kKey;
  wrong.secret = Secret{"Secret"};
  EXPECT_NE(authorization(kCall, wrong, kNow, "n"), base);
  EXPECT_NE(authorization(kCall, kKey, kNow + std::chrono::seconds{1}, "n"), base);
  EXPECT_NE(authorization(kCall, kKey, kNow, "m"), base);
  for (const auto member :
       {&Call::method, &Call::host, &Call::path, &Call::action, &Call::version, &Call::body}) {
    Call other = kCall;
    other.*member += "x";
    EXPECT_NE(authorization(other, kKey, kNow, "n"), base);
  }
  Call other_query = kCall;
  other_query.query.front().second = "2";
  EXPECT_NE(authorization(other_query, kKey, kNow, "n"), base);
}

TEST(Acs3Signer, LongLivedKeySendsNoTokenHeaders) {
  const SignedCall ready = sign(kCall, kKey, kNow, "n");
  EXPECT_THAT(ready.headers, Not(Contains(Key("x-acs-security-token"))));
  EXPECT_THAT(ready.headers, Not(Contains(Key("x-acs-accesskey-id"))));
}

TEST(Acs3Signer, SecretIsNowhereInWhatIsSent) {
  const AccessKey key{.id = "id", .secret = Secret{"hush-hush"}, .security_token = Secret{"token"}};
  const SignedCall ready = sign(kCall, key, kNow, "n");
  EXPECT_THAT(ready.target, Not(::testing::HasSubstr("hush-hush")));
  EXPECT_THAT(ready.headers, Each(Pair(::testing::_, Not(::testing::HasSubstr("hush-hush")))));
}

TEST(Acs3Signer, EmptySecretStillSigns) {
  AccessKey key = kKey;
  key.secret = Secret{};
  // HMAC-SHA256 of a known text under the empty key, from RFC 2104's definition, differs from any other
  // key's.
  EXPECT_NE(authorization(kCall, key, kNow, "n"), authorization(kCall, kKey, kNow, "n"));
}

TEST(Acs3Signer, QueryOrderDoesNotMatter) {
  Call one = kCall;
  one.query = {{"B", "2"}, {"A", "1"}};
  Call two = kCall;
  two.query = {{"A", "1"}, {"B", "2"}};
  EXPECT_EQ(sign(one, kKey, kNow, "n").target, "/?A=1&B=2");
  EXPECT_EQ(authorization(one, kKey, kNow, "n"), authorization(two, kKey, kNow, "n"));
}

TEST(Acs3Signer, ExtraHeadersAreSignedWhateverTheirCase) {
  Call call = kCall;
  call.extra = {{"X-Acs-Retry-Attempts", " 1 "}};
  const SignedCall ready = sign(call, kKey, kNow, "n");
  EXPECT_THAT(ready.headers, Contains(Pair("x-acs-retry-attempts", "1")));
  EXPECT_THAT(ready.headers.back().second, ::testing::HasSubstr(";x-acs-retry-attempts;"));
}

}  // namespace
}  // namespace sas::signing
