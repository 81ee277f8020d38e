// SPDX-License-Identifier: Apache-2.0
// A custom robot of DingTalk: a markdown message, signed in the URL. It says in the body what it thinks of
// it. Source: https://open.dingtalk.com/document/orgapp/custom-robot-access
#include <utility>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "alerts/answer.hpp"
#include "alerts/chat.hpp"
#include "alerts/dialect.hpp"
#include "signing/canonical_request.hpp"
#include "signing/robot_signature.hpp"

namespace sas::alerts {
namespace {

namespace json = boost::json;

// It takes 20 messages a minute, and then none for ten minutes.
constexpr Milliseconds kBetween{3'000};
constexpr Milliseconds kWhenTooMany{60'000};

std::string signed_url(const Access& access, Time now) {
  std::string url(access.url.reveal());
  if (access.secret.empty()) return url;
  const signing::RobotSignature sign = signing::sign_for_dingtalk(access.secret, now);
  url += url.find('?') == std::string::npos ? '?' : '&';
  return url.append("timestamp=")
      .append(sign.timestamp)
      .append("&sign=")
      .append(signing::percent_encode(sign.signature));
}

std::string markdown(const ChatMessage& message) {
  std::string text;
  for (const ChatEntry& entry : message.entries) {
    if (!text.empty()) text += "\n\n---\n\n";
    text.append("#### ").append(entry.summary).append("\n\n").append(entry.description);
    text.append("\n\n").append(entry.kind);
    if (!entry.runbook_url.empty()) text.append(" · [Runbook](").append(entry.runbook_url).append(")");
  }
  return text;
}

Error refusal(std::int64_t code, unsigned status) {
  Error error{.kind = ErrorKind::give_up, .cause = ErrorCause::parameter, .message = {}};
  error.code = std::to_string(code);
  error.http_status = status;
  switch (code) {
    case -1:  // the system is busy
      error.kind = ErrorKind::retry;
      error.cause = ErrorCause::server;
      break;
    case 130101:  // more than 20 messages a minute
    case 410100:  // too many calls
    case 90018:   // too many calls of this interface
    case 90030:   // too many calls of this address
      error.kind = ErrorKind::wait;
      error.cause = ErrorCause::throttled;
      error.retry_after = kWhenTooMany;
      break;
    default:  // 310000: signature, keyword or address, it does not say which; 300001: no such token; …
      break;
  }
  return error;
}

class DingTalkDialect final : public Dialect {
 public:
  explicit DingTalkDialect(std::string runbooks) : runbooks_(std::move(runbooks)) {}

  [[nodiscard]] Habits habits() const override { return {.at_once = kMostInMessage, .between = kBetween}; }

  [[nodiscard]] http::Request write(const Batch& batch, const Access& access, Time now) const override {
    const ChatMessage message = chat_message(batch, runbooks_);
    http::Request request{.method = "POST", .url = signed_url(access, now)};
    request.headers = {{.name = "Content-Type", .value = "application/json"}};
    const json::object content{{"title", json::string(message.title)},
                               {"text", json::string(markdown(message))}};
    const json::object body{{"msgtype", "markdown"}, {"markdown", content}};
    request.body = json::serialize(body);
    return request;
  }

  [[nodiscard]] Result<void> read(const http::Response& response, Time now) const override {
    if (Result<void> taken = judge(response, now); !taken) return taken;
    const Result<std::int64_t> code = read_code(response, "errcode");
    if (!code) return code.error();
    if (*code != 0) return refusal(*code, response.status);
    return {};
  }

 private:
  std::string runbooks_;
};

}  // namespace

std::unique_ptr<Dialect> make_dingtalk_dialect(std::string runbooks) {
  return std::make_unique<DingTalkDialect>(std::move(runbooks));
}

}  // namespace sas::alerts
