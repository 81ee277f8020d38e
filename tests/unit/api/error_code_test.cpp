// SPDX-License-Identifier: Apache-2.0
#include "api/error_code.hpp"

#include <gtest/gtest.h>

namespace sas::api {
namespace {

struct Case {
  const char* code;
  ErrorKind kind;
  ErrorCause cause;
};

TEST(ErrorCode, EachDocumentedCodeSaysWhatToDo) {
  using K = ErrorKind;
  using C = ErrorCause;
  for (const auto& [code, kind, cause] :
       {Case{"CspmParamIllegal", K::give_up, C::parameter},
        Case{"NoPermission", K::give_up, C::permission},
        Case{"ServerError", K::retry, C::server},
        Case{"Forbidden.RAM", K::give_up, C::permission},
        Case{"Forbidden", K::give_up, C::permission},
        Case{"InvalidAccessKeyId.NotFound", K::give_up, C::key},
        Case{"InvalidAccessKeyId", K::give_up, C::key},
        Case{"InvalidAccessKeyId.Inactive", K::give_up, C::key},
        Case{"Forbidden.AccessKeyDisabled", K::give_up, C::key},
        Case{"SignatureDoesNotMatch", K::give_up, C::signature},
        Case{"IncompleteSignature", K::give_up, C::signature},
        Case{"SignatureNonceUsed", K::retry, C::signature},
        Case{"InvalidTimeStamp.Expired", K::retry, C::clock},
        Case{"InvalidTimeStamp.Format", K::bug, C::clock},
        Case{"IllegalTimestamp", K::retry, C::clock},
        Case{"InvalidSecurityToken.Expired", K::retry, C::token},
        Case{"InvalidSecurityToken.Malformed", K::retry, C::token},
        Case{"InvalidSecurityToken.MismatchWithAccessKey", K::retry, C::token},
        Case{"MissingSecurityToken", K::retry, C::token},
        Case{"Throttling", K::wait, C::throttled},
        Case{"Throttling.User", K::wait, C::throttled},
        Case{"Throttling.Api", K::wait, C::throttled},
        Case{"Rejected.Throttling", K::wait, C::throttled},
        Case{"ServiceUnavailable", K::retry, C::server},
        Case{"InternalError", K::retry, C::server},
        Case{"UnknownError", K::retry, C::server},
        Case{"InvalidApi.NotFound", K::give_up, C::parameter},
        Case{"InvalidProduct.NotFound", K::give_up, C::parameter},
        Case{"InvalidProtocol.NeedSsl", K::give_up, C::parameter},
        Case{"UnsupportedHTTPMethod", K::give_up, C::parameter}}) {
    const auto verdict = verdict_of_code(code);
    ASSERT_TRUE(verdict) << code;
    EXPECT_EQ(verdict->kind, kind) << code;
    EXPECT_EQ(verdict->cause, cause) << code;
  }
}

TEST(ErrorCode, OtherCodesThatOnlyBeginLikeAKnownOneAreUnknown) {
  for (const char* code : {"", "Forbiddenish", "NoPermissions", "ServerErrors", "servererror", "Who.Knows"}) {
    EXPECT_FALSE(verdict_of_code(code)) << code;
  }
}

TEST(ErrorCode, StatusDecidesWhereNoCodeDoes) {
  EXPECT_EQ(verdict_of_status(400), (Verdict{ErrorKind::give_up, ErrorCause::parameter}));
  EXPECT_EQ(verdict_of_status(401), (Verdict{ErrorKind::give_up, ErrorCause::key}));
  EXPECT_EQ(verdict_of_status(403), (Verdict{ErrorKind::give_up, ErrorCause::permission}));
  EXPECT_EQ(verdict_of_status(408), (Verdict{ErrorKind::retry, ErrorCause::server}));
  EXPECT_EQ(verdict_of_status(429), (Verdict{ErrorKind::wait, ErrorCause::throttled}));
  EXPECT_EQ(verdict_of_status(500), (Verdict{ErrorKind::retry, ErrorCause::server}));
  EXPECT_EQ(verdict_of_status(599), (Verdict{ErrorKind::retry, ErrorCause::server}));
  EXPECT_EQ(verdict_of_status(302), (Verdict{ErrorKind::give_up, ErrorCause::contract}));
}

}  // namespace
}  // namespace sas::api
