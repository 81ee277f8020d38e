// SPDX-License-Identifier: Apache-2.0
// A custom bot of Feishu: a card, signed in the body. It says in the body what it thinks of it.
// Source: https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "alerts/answer.hpp"
#include "alerts/chat.hpp"
#include "alerts/dialect.hpp"
#include "signing/robot_signature.hpp"

namespace sas::alerts {
namespace {

namespace json = boost::json;

// It takes 100 messages a minute.
constexpr Milliseconds kBetween{600};

std::string_view colour(Tone tone) {
  switch (tone) {
    case Tone::good:
      return "green";
    case Tone::neutral:
      return "blue";
    case Tone::warning:
      return "orange";
    case Tone::bad:
      return "red";
  }
  return "blue";
}

// Plain, so that no name of a check turns into markup, or into a call for everybody.
json::object plain(std::string_view text) {
  return {{"tag", "plain_text"}, {"content", json::string(text.data(), text.size())}};
}

json::object card(const ChatMessage& message) {
  json::array elements;
  for (const ChatEntry& entry : message.entries) {
    if (!elements.empty()) elements.push_back(json::object{{"tag", "hr"}});
    std::string text = entry.summary;
    text.append("\n").append(entry.description).append("\n").append(entry.kind);
    elements.push_back(json::object{{"tag", "div"}, {"text", plain(text)}});
    if (!entry.runbook_url.empty())
      elements.push_back(json::object{{"tag", "markdown"},
                                      {"content", json::string("[Runbook](" + entry.runbook_url + ")")}});
  }
  const std::string_view template_colour = colour(message.tone);
  return {
      {"config", json::object{{"wide_screen_mode", true}}},
      {"header", json::object{{"title", plain(message.title)},
                              {"template", json::string(template_colour.data(), template_colour.size())}}},
      {"elements", std::move(elements)}};
}

Error refusal(std::int64_t code, unsigned status) {
  Error error{.kind = ErrorKind::give_up, .cause = ErrorCause::parameter, .message = {}};
  error.code = std::to_string(code);
  error.http_status = status;
  switch (code) {
    case 9499:   // too many requests
    case 11232:  // too many messages
      error.kind = ErrorKind::wait;
      error.cause = ErrorCause::throttled;
      break;
    case 19021:  // the signature is wrong, or its time: a new secret may be about to come
    case 19022:  // our address is not let in
      error.kind = ErrorKind::retry;
      error.cause = ErrorCause::permission;
      break;
    default:  // 19001: no such bot; 19024: a keyword is missing; …
      break;
  }
  return error;
}

class FeishuDialect final : public Dialect {
 public:
  explicit FeishuDialect(std::string runbooks) : runbooks_(std::move(runbooks)) {}

  [[nodiscard]] Habits habits() const override { return {.at_once = kMostInMessage, .between = kBetween}; }

  [[nodiscard]] http::Request write(const Batch& batch, const Access& access, Time now) const override {
    http::Request request{.method = "POST", .url = std::string(access.url.reveal())};
    request.headers = {{.name = "Content-Type", .value = "application/json"}};
    json::object body;
    if (!access.secret.empty()) {
      const signing::RobotSignature sign = signing::sign_for_feishu(access.secret, now);
      body.emplace("timestamp", sign.timestamp);
      body.emplace("sign", sign.signature);
    }
    body.emplace("msg_type", "interactive");
    body.emplace("card", card(chat_message(batch, runbooks_)));
    request.body = json::serialize(body);
    return request;
  }

  // Its refusals come with 200 or with 400.
  [[nodiscard]] Result<void> read(const http::Response& response, Time now) const override {
    Result<void> taken = judge(response, now);
    const Result<std::int64_t> code = read_code(response, "code");
    if (code && *code != 0) return refusal(*code, response.status);
    if (!taken) return taken;
    if (!code) return code.error();
    return {};
  }

 private:
  std::string runbooks_;
};

}  // namespace

std::unique_ptr<Dialect> make_feishu_dialect(std::string runbooks) {
  return std::make_unique<FeishuDialect>(std::move(runbooks));
}

}  // namespace sas::alerts
