// SPDX-License-Identifier: Apache-2.0
#include "credentials/credentials_uri.hpp"

#include <gmock/gmock.h>

#include "support/credentials_fixture.hpp"

namespace sas::credentials {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kUri = "http://127.0.0.1:8080/key?token=hunter2";

class CredentialsUriTest : public support::CredentialsFixture {
 public:
  Result<AccessKey> key(const std::string& uri = kUri) {
    CredentialsUri provider(uri, support::variables(set), cloud);
    return get(provider);
  }
};

TEST_F(CredentialsUriTest, WhatItAnswersIsTheKey) {
  const Result<AccessKey> found = key();
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(found->id, "URI1");
  EXPECT_EQ(found->secret.reveal(), "uri-s3cret");
  EXPECT_EQ(found->security_token.reveal(), "uri-t0ken");
  EXPECT_EQ(format_seconds(*found->expiration), "2026-01-02T04:04:05Z");
  EXPECT_EQ(cloud.requests.at(0).url, kUri);
}

TEST_F(CredentialsUriTest, TheEnvironmentNamesItWhereNobodyElseDoes) {
  EXPECT_THAT(key("").error().message, HasSubstr("ALIBABA_CLOUD_CREDENTIALS_URI"));
  set["ALIBABA_CLOUD_CREDENTIALS_URI"] = kUri;
  EXPECT_TRUE(key(""));
}

TEST_F(CredentialsUriTest, AnAuthorityOfOnesOwnIsTrustedThere) {
  CredentialsUri provider(kUri, support::variables(), cloud, "/ca.pem");
  ASSERT_TRUE(get(provider));
  EXPECT_EQ(cloud.requests.at(0).ca_file, "/ca.pem");
}

TEST_F(CredentialsUriTest, AKeyNeedsNoTokenAndNoEnd) {
  cloud.uri_body = R"({"AccessKeyId":"a","AccessKeySecret":"b","SecurityToken":null,"Expiration":"soon"})";
  const Result<AccessKey> found = key();
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->security_token.empty());
  EXPECT_FALSE(found->expiration);
}

TEST_F(CredentialsUriTest, WhatIsWrongIsToldWithoutPathOrSecret) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "no JSON object"},
      {"[\"hunter2\"]", "no JSON object"},
      {"hunter2", "no JSON object"},
      {R"({"AccessKeyId":"a"})", "AccessKeySecret is missing"},
      {R"({"AccessKeySecret":"hunter2"})", "AccessKeyId is missing"},
  };
  for (const auto& [body, reason] : cases) {
    cloud.uri_body = body;
    EXPECT_THAT(key().error().message,
                AllOf(HasSubstr("127.0.0.1:8080"), HasSubstr(reason), Not(HasSubstr("hunter2"))));
  }
  cloud.broken["127.0.0.1:8080"] = {.status = 404, .headers = {}, .body = "hunter2"};
  EXPECT_EQ(key().error().http_status, 404U);
  EXPECT_EQ(key().error().kind, ErrorKind::give_up);
  cloud.broken["127.0.0.1:8080"].status = 503;
  EXPECT_EQ(key().error().kind, ErrorKind::retry);
  EXPECT_THAT(key("ftp://hunter2").error().message,
              AllOf(HasSubstr("neither http nor https"), Not(HasSubstr("hunter2"))));
}

}  // namespace
}  // namespace sas::credentials
