// SPDX-License-Identifier: Apache-2.0
#include "api/api_error.hpp"

#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace sas::api {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

FailedAnswer answer(unsigned status, std::string_view body) {
  return {
      .http_status = status, .body = body, .content_type = {}, .request_id_header = {}, .retry_after = {}};
}

FailedAnswer pausing(unsigned status, std::string_view body, std::int64_t pause) {
  FailedAnswer failed = answer(status, body);
  failed.retry_after = milliseconds{pause};
  return failed;
}

std::string coded(std::string_view code) {
  return fmt::format(
      R"({{"RequestId":"R-1","HostId":"h","Code":"{}","Message":"m","Recommend":"https://r"}})", code);
}

TEST(ClassifyApiError, CodeCountsBeforeTheStatus) {
  for (const unsigned status : {200U, 400U, 403U, 404U, 500U, 503U}) {
    const Error error = classify(answer(status, coded("Forbidden.RAM")));
    EXPECT_EQ(error.kind, ErrorKind::give_up) << status;
    EXPECT_EQ(error.cause, ErrorCause::permission) << status;
    EXPECT_EQ(error.code, "Forbidden.RAM");
    EXPECT_EQ(error.message, "m");
    EXPECT_EQ(error.request_id, "R-1");
    EXPECT_EQ(error.http_status, status);
  }
}

TEST(ClassifyApiError, LowerCaseKeysAreReadToo) {
  const Error error =
      classify(answer(400, R"({"code":"CspmParamIllegal","message":"no","requestId":"r-2"})"));
  EXPECT_EQ(error.code, "CspmParamIllegal");
  EXPECT_EQ(error.cause, ErrorCause::parameter);
  EXPECT_EQ(error.message, "no");
  EXPECT_EQ(error.request_id, "r-2");
}

TEST(ClassifyApiError, XmlIsReadToo) {
  const Error error = classify(
      answer(404,
             "<?xml version='1.0' encoding='UTF-8'?>\n<Error>\n <RequestId>R-3</RequestId>"
             "<Code> InvalidAccessKeyId.NotFound </Code><Message>a &lt;b&gt; &amp;amp;</Message></Error>"));
  EXPECT_EQ(error.code, "InvalidAccessKeyId.NotFound");
  EXPECT_EQ(error.cause, ErrorCause::key);
  EXPECT_EQ(error.message, "a <b> &amp;");
  EXPECT_EQ(error.request_id, "R-3");
}

TEST(ClassifyApiError, ByteOrderMarkIsNoHindrance) {
  EXPECT_EQ(classify(answer(500, "\xEF\xBB\xBF" + coded("NoPermission"))).code, "NoPermission");
}

TEST(ClassifyApiError, RequestIdOfTheHeaderStandsIn) {
  FailedAnswer failed = answer(503, "<html>");
  failed.request_id_header = "H-1";
  EXPECT_EQ(classify(failed).request_id, "H-1");
  const std::string body = coded("ServerError");
  failed.body = body;
  EXPECT_EQ(classify(failed).request_id, "R-1");
}

TEST(ClassifyApiError, AnswerOfSomeOtherServerShowsItsBeginningAndBlamesNobody) {
  FailedAnswer failed = answer(403, "<html>\n<h1>Blocked by the proxy</h1>");
  failed.content_type = "text/html";
  const Error error = classify(failed);
  EXPECT_EQ(error.cause, ErrorCause::not_json);
  EXPECT_EQ(error.kind, ErrorKind::give_up);
  EXPECT_THAT(error.message, HasSubstr("text/html"));
  EXPECT_THAT(error.message, HasSubstr("<html> <h1>Blocked by the proxy"));
  EXPECT_EQ(classify(answer(302, "moved")).cause, ErrorCause::not_json);
}

TEST(ClassifyApiError, OtherServersFaultsAreRetriedByStatus) {
  for (const unsigned status : {500U, 502U, 503U, 504U}) {
    EXPECT_EQ(classify(answer(status, "<html>")).kind, ErrorKind::retry) << status;
    EXPECT_EQ(classify(answer(status, "")).cause, ErrorCause::server) << status;
  }
  EXPECT_EQ(classify(answer(429, "slow down")).kind, ErrorKind::wait);
  EXPECT_EQ(classify(answer(429, "")).cause, ErrorCause::throttled);
}

TEST(ClassifyApiError, EmptyBodyIsClassifiedByStatus) {
  EXPECT_EQ(classify(answer(403, "")).cause, ErrorCause::permission);
  EXPECT_EQ(classify(answer(401, " \n")).cause, ErrorCause::key);
  EXPECT_EQ(classify(answer(400, "{}")).cause, ErrorCause::parameter);
  EXPECT_THAT(classify(answer(403, "")).message, Not(IsEmpty()));
}

TEST(ClassifyApiError, RetryAfterMakesItThrottlingUnlessTheCodeSaysOtherwise) {
  for (const std::string& body :
       {std::string{}, std::string{"<html>"}, coded("ServiceUnavailable"), coded("Who.Knows")}) {
    const Error error = classify(pausing(503, body, 1500));
    EXPECT_EQ(error.kind, ErrorKind::wait) << body;
    EXPECT_EQ(error.cause, ErrorCause::throttled) << body;
    EXPECT_EQ(error.retry_after, milliseconds{1500});
  }
  const Error denied = classify(pausing(403, coded("NoPermission"), 1500));
  EXPECT_EQ(denied.kind, ErrorKind::give_up);
  EXPECT_EQ(denied.retry_after, milliseconds{1500});
}

TEST(ClassifyApiError, RetryAfterThatIsNotPositiveIsNone) {
  for (const std::int64_t pause : {0, -1}) {
    const Error error = classify(pausing(503, coded("ServiceUnavailable"), pause));
    EXPECT_EQ(error.kind, ErrorKind::retry);
    EXPECT_FALSE(error.retry_after);
  }
}

TEST(ClassifyApiError, MismatchMessageLosesWhatTheServiceSigned) {
  const Error error = classify(answer(
      400,
      R"({"Code":"SignatureDoesNotMatch","RequestId":"R","Message":"Specified signature does not match our calculation. )"
      R"(server StringToSign is [ACS3-HMAC-SHA256\n0f1e] server CanonicalRequest is [POST\n/\n\nx-acs-security-token:CAISx\n]"})"));
  EXPECT_EQ(error.cause, ErrorCause::signature);
  EXPECT_EQ(error.message,
            "Specified signature does not match our calculation. server StringToSign [redacted]");
}

TEST(ClassifyApiError, LongMessagesAreCutAndOnOneLine) {
  std::string words = "first\\nsecond\\u0000third ";
  for (int i = 0; i < 500; ++i)
    words += "word ";
  const Error error = classify(answer(500, R"({"Code":"ServerError","Message":")" + words + "\"}"));
  EXPECT_THAT(error.message, ::testing::StartsWith("first second third word"));
  EXPECT_LT(error.message.size(), 410U);
}

TEST(ClassifyApiError, CodeThatDoesNotLookLikeOneIsNoLabel) {
  const Error error = classify(answer(400, R"({"Code":"a b\"c","Message":"m","RequestId":"x\ny"})"));
  EXPECT_THAT(error.code, IsEmpty());
  EXPECT_THAT(error.request_id, IsEmpty());
  EXPECT_EQ(classify(answer(400, coded(std::string(200, 'C')))).code, "");
  EXPECT_EQ(classify(answer(400, R"({"Code":403,"Message":"m"})")).code, "403");
}

}  // namespace
}  // namespace sas::api
