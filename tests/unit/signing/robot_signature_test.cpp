// SPDX-License-Identifier: Apache-2.0
// The values were computed with hmac of Python's standard library.
#include "signing/robot_signature.hpp"

#include <gtest/gtest.h>

namespace sas::signing {
namespace {

constexpr Time kNow{Milliseconds{1'767'323'045'678}};

const Secret& secret() {
  static const Secret kept("SEC6f1d2c0b9a8e7d6c5b4a39281706f5e4d3c2b1a0");
  return kept;
}

TEST(RobotSignature, DingTalksIsOfTheTimeInMillisecondsByTheSecret) {
  const RobotSignature sign = sign_for_dingtalk(secret(), kNow);
  EXPECT_EQ(sign.timestamp, "1767323045678");
  EXPECT_EQ(sign.signature, "2aq74ZhOD8KkrPwW4Nto0m7epGxTr0+EDwdhEQ4DQFQ=");
}

TEST(RobotSignature, FeishusIsOfNothingByTheTimeInSecondsAndTheSecret) {
  const RobotSignature sign = sign_for_feishu(secret(), kNow);
  EXPECT_EQ(sign.timestamp, "1767323045");
  EXPECT_EQ(sign.signature, "w6Eyts+R4Ws3kddlR1POpsMepoFvVFCk7GDKJjm94A0=");
}

}  // namespace
}  // namespace sas::signing
