// SPDX-License-Identifier: Apache-2.0
#pragma once
// How the custom robots of two chat services know that a message comes from whoever set them up.
// Sources: https://open.dingtalk.com/document/orgapp/customize-robot-security-settings and
// https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot

#include <string>

#include "base/secret.hpp"
#include "base/time.hpp"

namespace sas::signing {

struct RobotSignature {
  std::string timestamp;  // as it was signed, and is sent
  std::string signature;  // in base64
};

/// Of DingTalk: the secret signs the time in milliseconds and itself. Both go into the URL's query.
RobotSignature sign_for_dingtalk(const Secret& secret, Time now);

/// Of Feishu: the time in seconds and the secret sign nothing. Both go into the body.
RobotSignature sign_for_feishu(const Secret& secret, Time now);

}  // namespace sas::signing
