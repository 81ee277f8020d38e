// SPDX-License-Identifier: Apache-2.0
#include "api/redact.hpp"

#include <string>

#include <gmock/gmock.h>

namespace sas::api {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(Redact, OrdinaryMessagesStayAsTheyAre) {
  for (const std::string text :
       {"", "caller has no permission", "The parameter is not legal. PageSize.",
        "Specified signature is not matched with our calculation.", "Specified SecurityToken is expired.",
        "Specified access key is not found.", "task 3d7a1b68-599f-4e16-9b45-e920a183b000 is unknown",
        "You are not authorized to do this action. Resource: "
        "acs:yundun-sas:*:1234567890123456:operationprocess/* "
        "Action: yundun-sas:ListOperationProcess",
        "see https://api.aliyun.com/troubleshoot?q=Forbidden.RAM&product=Sas", "云安全中心"}) {
    EXPECT_EQ(redact(text), text);
  }
}

TEST(Redact, NothingSurvivesBehindWhatWasSigned) {
  for (const std::string name :
       {"server StringToSign is [", "server CanonicalRequest is [",
        "server string to sign is:", "String-To-Sign: ", "canonicalrequest=", "CanonicalizedRequest "}) {
    const std::string redacted = redact("before " + name + "ACS3 a] tail SECRET");
    EXPECT_THAT(redacted, StartsWith("before ")) << name;
    EXPECT_THAT(redacted, ::testing::EndsWith("[redacted]")) << name;
    EXPECT_THAT(redacted, Not(HasSubstr("ACS3"))) << name;
    EXPECT_THAT(redacted, Not(HasSubstr("SECRET"))) << name;
  }
}

TEST(Redact, ValuesOfTokensAndSignaturesGo) {
  for (const std::string text :
       {"x-acs-security-token:SECRET\nx-acs-version:1", "SecurityToken=SECRET&x=1",
        "\"SecurityToken\": \"SECRET\", x", "security_token = SECRET", "X-Acs-Security-Token is [SECRET] x",
        "SecurityToken%3DSECRET", "Signature=SECRET", "signature is [SECRET]", "AccessKeySecret: SECRET",
        "x-acs-bearer-token:SECRET",
        "Authorization: ACS3-HMAC-SHA256 Credential=a,SignedHeaders=b,Signature=SECRET",
        "Authorization: Bearer SECRET more", "\\\"SecurityToken\\\":\\\"SECRET\\\""}) {
    const std::string redacted = redact(text);
    EXPECT_THAT(redacted, Not(HasSubstr("SECRET"))) << text;
    EXPECT_THAT(redacted, HasSubstr("[redacted]")) << text;
  }
}

TEST(Redact, WhatStandsBehindAValueStays) {
  EXPECT_EQ(redact("SecurityToken=abc&Other=1 end"), "SecurityToken=[redacted]&Other=1 end");
}

TEST(Redact, LongRunsGoWhateverTheyAreCalled) {
  const std::string run(41, 'a');
  EXPECT_EQ(redact("x " + run + " y"), "x [redacted] y");
  EXPECT_EQ(redact(run.substr(1)), run.substr(1));
  EXPECT_THAT(redact("CAIS" + std::string(400, '+') + "/w=="), Not(HasSubstr("CAIS")));
}

TEST(Redact, LongRunDoesNotSwallowTheNameOfASecret) {
  const std::string run(60, 'a');
  EXPECT_EQ(redact(run + "x-acs-security-token:SECRET"), "[redacted]security-token:[redacted]");
  EXPECT_THAT(redact("LTAI5tAAAAAAAAAAAsecuritytoken:SECRET"), Not(HasSubstr("SECRET")));
  EXPECT_THAT(redact(run + "CanonicalRequest is [SECRET"), Not(HasSubstr("SECRET")));
}

TEST(Redact, AccessKeyIdsKeepTheirLastFour) {
  EXPECT_EQ(redact("key LTAI5tTESTONLYfakeKeyId not found"), "key ****eyId not found");
  EXPECT_EQ(redact("STS.NUgYrLnoC37mZZCNnAbez"), "****Abez");
}

}  // namespace
}  // namespace sas::api
