// SPDX-License-Identifier: Apache-2.0
#include "alerts/dialect.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "alerts/event_json.hpp"
#include "support/alert_builder.hpp"

namespace sas::alerts {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr Time kNow{Milliseconds{1'767'323'045'678}};
const std::string kSecret = "SEC6f1d2c0b9a8e7d6c5b4a39281706f5e4d3c2b1a0";

const Piece& stalled() {
  static const Piece piece{.target = "production", .event = support::stalled("a")};
  return piece;
}
const Piece& over() {
  static const Piece piece{.target = "production", .event = support::resolved(support::stalled("b"))};
  return piece;
}

Access access(const std::string& url, const std::string& secret = {}) {
  return {.url = Secret(url), .secret = Secret(secret)};
}

std::string header(const http::Request& request, std::string_view name) {
  for (const http::Header& each : request.headers)
    if (each.name == name) return each.value;
  return {};
}

Result<void> read(const Dialect& dialect, unsigned status, const std::string& body) {
  return dialect.read({.status = status, .headers = {}, .body = body}, kNow);
}

TEST(JsonDialect, IsOnePieceWithItsKeyInTheHeaderToo) {
  const auto dialect = make_json_dialect("https://example.com/");
  EXPECT_EQ(dialect->habits().at_once, 1U);
  const http::Request request = dialect->write({&stalled()}, access("https://h.example.com/x?k=1"), kNow);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://h.example.com/x?k=1");
  EXPECT_EQ(header(request, "Content-Type"), "application/json");
  EXPECT_EQ(header(request, "Idempotency-Key"), idempotency_key(stalled()));
  EXPECT_EQ(request.body, event_json(stalled(), "https://example.com/"));
}

TEST(JsonDialect, AnyAnswerOfSuccessWillDo) {
  const auto dialect = make_json_dialect({});
  EXPECT_TRUE(read(*dialect, 204, ""));
  EXPECT_EQ(read(*dialect, 404, "").error().kind, ErrorKind::give_up);
}

TEST(DingTalkDialect, SignsInTheAddress) {
  const auto dialect = make_dingtalk_dialect({});
  const http::Request request = dialect->write(
      {&stalled()}, access("https://oapi.example.com/robot/send?access_token=t", kSecret), kNow);
  EXPECT_EQ(request.url,
            "https://oapi.example.com/robot/send?access_token=t&timestamp=1767323045678&sign="
            "2aq74ZhOD8KkrPwW4Nto0m7epGxTr0%2BEDwdhEQ4DQFQ%3D");
  EXPECT_EQ(dialect->write({&stalled()}, access("https://o.example.com/send?access_token=t"), kNow).url,
            "https://o.example.com/send?access_token=t");
  EXPECT_THAT(dialect->write({&stalled()}, access("https://o.example.com/send", kSecret), kNow).url,
              HasSubstr("/send?timestamp="));
}

TEST(DingTalkDialect, WritesMarkdownWithAllPieces) {
  const auto dialect = make_dingtalk_dialect("https://example.com/");
  const http::Request request = dialect->write({&stalled(), &over()}, access("https://o.example.com/"), kNow);
  const json::value body = json::parse(request.body);
  EXPECT_EQ(body.at("msgtype"), "markdown");
  EXPECT_EQ(body.at("markdown").at("title"), "Security Center tasks: 1 firing, 1 resolved");
  EXPECT_EQ(
      body.at("markdown").at("text"),
      "#### Task a (CHECK_ALL) of production makes no progress\n\n"
      "Neither its items nor its subtasks have moved since 2026-01-02T12:00:00Z; it has been running for 0s."
      "\n\nSasTaskStalled, warning, firing · [Runbook](https://example.com/SasTaskStalled.md)"
      "\n\n---\n\n"
      "#### Resolved: Task b (CHECK_ALL) of production makes no progress\n\n"
      "It fired from 2026-01-02T12:00:00Z to 2026-01-02T12:10:00Z, for 10m. The task was last seen as "
      "running.\n\nSasTaskStalled, warning, resolved · [Runbook](https://example.com/SasTaskStalled.md)");
}

TEST(DingTalkDialect, TheBodySaysWhetherItIsTaken) {
  const auto dialect = make_dingtalk_dialect({});
  EXPECT_TRUE(read(*dialect, 200, R"({"errcode":0,"errmsg":"ok"})"));
  for (const char* code : {"130101", "410100", "90018", "90030"}) {
    const Error busy = read(*dialect, 200, std::string(R"({"errcode":)") + code + "}").error();
    EXPECT_EQ(busy.kind, ErrorKind::wait) << code;
    EXPECT_EQ(busy.retry_after, 60s) << code;
    EXPECT_EQ(busy.code, code);
  }
  EXPECT_EQ(read(*dialect, 200, R"({"errcode":-1})").error().kind, ErrorKind::retry);
  EXPECT_EQ(read(*dialect, 200, R"({"errcode":310000,"errmsg":"sign"})").error().kind, ErrorKind::give_up);
  EXPECT_EQ(read(*dialect, 200, "<html>").error().kind, ErrorKind::retry);
  EXPECT_EQ(read(*dialect, 502, R"({"errcode":0})").error().kind, ErrorKind::retry);
}

TEST(FeishuDialect, SignsInTheBody) {
  const auto dialect = make_feishu_dialect({});
  const http::Request request =
      dialect->write({&stalled()}, access("https://f.example.com/hook/1", kSecret), kNow);
  EXPECT_EQ(request.url, "https://f.example.com/hook/1");
  const json::value body = json::parse(request.body);
  EXPECT_EQ(body.at("timestamp"), "1767323045");
  EXPECT_EQ(body.at("sign"), "w6Eyts+R4Ws3kddlR1POpsMepoFvVFCk7GDKJjm94A0=");
  const http::Request unsigned_request =
      dialect->write({&stalled()}, access("https://f.example.com/hook/1"), kNow);
  EXPECT_FALSE(json::parse(unsigned_request.body).as_object().contains("sign"));
}

TEST(FeishuDialect, WritesACardWithAllPieces) {
  const auto dialect = make_feishu_dialect("https://example.com/");
  const http::Request request = dialect->write({&stalled(), &over()}, access("https://f.example.com/"), kNow);
  const json::value body = json::parse(request.body);
  EXPECT_EQ(body.at("msg_type"), "interactive");
  EXPECT_EQ(body.at("card").at("header"),
            json::parse(
                R"({"title": {"tag": "plain_text", "content": "Security Center tasks: 1 firing, 1 resolved"},
                            "template": "orange"})"));
  std::vector<std::string> tags;
  for (const json::value& element : body.at("card").at("elements").as_array())
    tags.emplace_back(element.at("tag").as_string());
  EXPECT_THAT(tags, ElementsAre("div", "markdown", "hr", "div", "markdown"));
  EXPECT_EQ(body.at("card").at("elements").at(0).at("text").at("tag"), "plain_text");
  EXPECT_EQ(body.at("card").at("elements").at(1).at("content"),
            "[Runbook](https://example.com/SasTaskStalled.md)");
}

TEST(FeishuDialect, TheBodySaysWhetherItIsTaken) {
  const auto dialect = make_feishu_dialect({});
  EXPECT_TRUE(read(*dialect, 200, R"({"code":0,"msg":"success","data":{}})"));
  EXPECT_EQ(read(*dialect, 200, R"({"code":11232,"msg":"frequency limited"})").error().kind, ErrorKind::wait);
  EXPECT_EQ(read(*dialect, 400, R"({"code":9499,"msg":"too many request"})").error().kind, ErrorKind::wait);
  EXPECT_EQ(read(*dialect, 200, R"({"code":19021})").error().kind, ErrorKind::retry);
  EXPECT_EQ(read(*dialect, 200, R"({"code":19022})").error().kind, ErrorKind::retry);
  const Error keyword = read(*dialect, 200, R"({"code":19024,"msg":"Key Words Not Found"})").error();
  EXPECT_EQ(keyword.kind, ErrorKind::give_up);
  EXPECT_EQ(keyword.code, "19024");
  EXPECT_EQ(read(*dialect, 503, "").error().kind, ErrorKind::retry);
  EXPECT_EQ(read(*dialect, 404, "").error().kind, ErrorKind::give_up);
  EXPECT_EQ(read(*dialect, 200, "<html>").error().kind, ErrorKind::retry);
}

}  // namespace
}  // namespace sas::alerts
