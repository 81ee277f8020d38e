// SPDX-License-Identifier: Apache-2.0
#include "signing/robot_signature.hpp"

#include <utility>

#include "signing/digest.hpp"

namespace sas::signing {
namespace {

Secret with_secret(const std::string& timestamp, const Secret& secret) {
  std::string text;
  text.reserve(timestamp.size() + 1 + secret.reveal().size());
  text.append(timestamp).append("\n").append(secret.reveal());
  return Secret(std::move(text));
}

}  // namespace

RobotSignature sign_for_dingtalk(const Secret& secret, Time now) {
  std::string timestamp = std::to_string(now.time_since_epoch().count());
  const Secret text = with_secret(timestamp, secret);
  return {.timestamp = std::move(timestamp),
          .signature = base64(hmac_sha256(secret.reveal(), text.reveal()))};
}

RobotSignature sign_for_feishu(const Secret& secret, Time now) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
  std::string timestamp = std::to_string(seconds.time_since_epoch().count());
  const Secret key = with_secret(timestamp, secret);
  return {.timestamp = std::move(timestamp), .signature = base64(hmac_sha256(key.reveal(), ""))};
}

}  // namespace sas::signing
