// SPDX-License-Identifier: Apache-2.0
// Each key of a sink, and which go with which type and format.
#include "settings/sink_keys.hpp"

#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "settings/schema.hpp"
#include "unit/settings/yaml.hpp"

namespace sas::settings {
namespace {

using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string with(std::string_view sinks) {
  return kTarget + fmt::format("alerts: {{sinks: [{}]}}\n", sinks);
}

Sink only(std::string_view keys) {
  const Settings settings = good(with(fmt::format("{{{}}}", keys)));
  EXPECT_EQ(settings.alerts.sinks.size(), 1U);
  return settings.alerts.sinks.empty() ? Sink{} : settings.alerts.sinks.front();
}

std::vector<std::string> wrong(std::string_view keys) {
  return mistakes(with(fmt::format("{{{}}}", keys)));
}

std::vector<std::string> all_wrong(std::string_view sinks) {
  return mistakes(with(sinks));
}

const std::string kAlertmanager = "type: alertmanager, url: 'http://127.0.0.1:9093'";
const std::string kWebhook = "type: webhook, url: 'https://hooks.example/T0ken'";

TEST(SinkKeys, TheLogIsTheOneSinkUnlessTheListSaysOtherwise) {
  const Sink log{.type = Sink::Type::log, .name = "log"};
  EXPECT_THAT(good(kTarget).alerts.sinks, ElementsAre(log));
  EXPECT_THAT(good(with("{type: log}")).alerts.sinks, ElementsAre(log));
  EXPECT_THAT(good(with("")).alerts.sinks, IsEmpty());
  EXPECT_EQ(only(kWebhook).type, Sink::Type::webhook);  // in place of the log, not beside it
}

TEST(SinkKeys, SinksAreMappingsWithAType) {
  EXPECT_THAT(mistakes(kTarget + "alerts: {sinks: log}"),
              ElementsAre(HasSubstr("a list of mappings is needed here")));
  EXPECT_THAT(all_wrong("log"), ElementsAre(HasSubstr("alerts.sinks[0]: a mapping of keys")));
  EXPECT_THAT(wrong(""), ElementsAre(HasSubstr("alerts.sinks[0].type: is missing")));
  EXPECT_THAT(wrong("url: 'https://h'"), ElementsAre(HasSubstr("alerts.sinks[0].type: is missing")));
  EXPECT_THAT(wrong("type: email"),
              ElementsAre(HasSubstr("'email' is not one of log, alertmanager, webhook")));
  EXPECT_THAT(wrong("type: alertmanger, urls: ['http://h']"),
              ElementsAre(HasSubstr("did you mean 'alertmanager'?")));
}

TEST(SinkKeys, ASinkOfFewKeysHasTheDefaults) {
  const Sink webhook = only(kWebhook);
  EXPECT_EQ(webhook.name, "webhook");
  EXPECT_EQ(webhook.url.reveal(), "https://hooks.example/T0ken");
  EXPECT_EQ(webhook.format, Sink::Format::json);
  EXPECT_FALSE(webhook.transitions);
  Sink same{.type = Sink::Type::webhook, .name = "webhook", .url = Secret{"https://hooks.example/T0ken"}};
  EXPECT_EQ(webhook, same);
  const Sink alertmanager = only(kAlertmanager);
  same = {.type = Sink::Type::alertmanager, .name = "alertmanager", .url = Secret{"http://127.0.0.1:9093"}};
  EXPECT_EQ(alertmanager, same);
}

TEST(SinkKeys, EachKeyIsStored) {
  EXPECT_EQ(only(kWebhook + ", name: on-call_2").name, "on-call_2");
  EXPECT_EQ(only("type: webhook, url_file: /u").url_file, "/u");
  EXPECT_TRUE(only("type: webhook, url_file: /u").url.empty());
  EXPECT_THAT(only("type: alertmanager, urls: ['http://a:1', 'https://b/am']").urls,
              ElementsAre("http://a:1", "https://b/am"));
  EXPECT_EQ(only(kWebhook + ", format: json").format, Sink::Format::json);
  EXPECT_EQ(only(kWebhook + ", format: dingtalk").format, Sink::Format::dingtalk);
  EXPECT_EQ(only(kWebhook + ", format: feishu").format, Sink::Format::feishu);
  EXPECT_EQ(only(kWebhook + ", format: dingtalk, secret: SEC1").secret.reveal(), "SEC1");
  EXPECT_EQ(only(kWebhook + ", format: feishu, secret_file: /s").secret_file, "/s");
  EXPECT_EQ(only(kAlertmanager + ", bearer_token: t").bearer_token.reveal(), "t");
  EXPECT_EQ(only(kWebhook + ", bearer_token_file: /t").bearer_token_file, "/t");
  EXPECT_EQ(only(kAlertmanager + ", ca_file: /ca").ca_file, "/ca");
  EXPECT_TRUE(only(kWebhook + ", format: feishu, transitions: true").transitions);
}

struct Fits {
  const char* key;
  const char* value;
  const char* takers;  // l: log, a: alertmanager, j, d, f: webhook as json, dingtalk, feishu
  const char* home;
};

const std::vector<Fits> kFits{
    {"url", "'https://h'", "ajdf", "type: alertmanager or webhook"},
    {"url_file", "/u", "jdf", "type: webhook"},
    {"urls", "['https://h']", "a", "type: alertmanager"},
    {"format", "", "jdf", "type: webhook"},
    {"secret", "s", "df", "a webhook of format: dingtalk or feishu"},
    {"secret_file", "/s", "df", "a webhook of format: dingtalk or feishu"},
    {"bearer_token", "t", "aj", "type: alertmanager, or a webhook of format: json"},
    {"bearer_token_file", "/t", "aj", "type: alertmanager, or a webhook of format: json"},
    {"ca_file", "/ca", "ajdf", "type: alertmanager or webhook"},
    {"transitions", "true", "jdf", "type: webhook"},
    {"name", "x", "lajdf", ""},
};

/// A sink with a key beside those that it needs. `kind` is one of the letters of `takers`.
std::string sink_with(const Fits& key, char kind) {
  const std::string_view name{key.key};
  const bool is_address = name.starts_with("url");
  const std::string type = kind == 'l' ? "log" : kind == 'a' ? "alertmanager" : "webhook";
  const std::string format = kind == 'd' ? "dingtalk" : kind == 'f' ? "feishu" : "json";
  const bool fits = std::string_view{key.takers}.find(kind) != std::string_view::npos;
  std::string text = "type: " + type;
  if (type == "webhook" || name == "format") text += ", format: " + format;
  if (kind != 'l' && (!is_address || !fits))
    text += ", " + std::string(name == "url" ? "url_file: /u" : "url: 'https://o'");
  return name == "format" ? text : fmt::format("{}, {}: {}", text, name, key.value);
}

TEST(SinkKeys, EachKeyGoesWithItsTypesAndFormatsOnly) {
  for (const Fits& key : kFits) {
    for (const char kind : std::string_view{"lajdf"}) {
      const std::string keys = sink_with(key, kind);
      const std::vector<std::string> found = wrong(keys);
      if (std::string_view{key.takers}.find(kind) != std::string_view::npos) {
        EXPECT_THAT(found, IsEmpty()) << keys;
      } else {
        EXPECT_THAT(found, ElementsAre(AllOf(HasSubstr(fmt::format(
                               "sinks[0].{}: goes with {}; here the type is ", key.key, key.home)))))
            << keys;
      }
    }
  }
  EXPECT_THAT(wrong(kWebhook + ", secret: s"),
              ElementsAre(HasSubstr("here the type is webhook, the format json")));
  EXPECT_THAT(wrong("type: log, transitions: true"),
              ElementsAre(AllOf(HasSubstr("f:2:43: "), HasSubstr("here the type is log"))));
}

TEST(SinkKeys, AnAddressIsNeededOnce) {
  EXPECT_THAT(wrong("type: webhook"),
              ElementsAre(HasSubstr(
                  "f:2:25: alerts.sinks[0].url: is missing; a sink of type webhook needs it, or url_file")));
  EXPECT_THAT(wrong("type: alertmanager"),
              ElementsAre(HasSubstr("url: is missing; a sink of type alertmanager needs it, or urls")));
  EXPECT_THAT(wrong(kWebhook + ", url_file: /u"),
              ElementsAre(HasSubstr("url_file: excludes url; keep one of the two")));
  EXPECT_THAT(wrong(kAlertmanager + ", urls: ['http://h']"), ElementsAre(HasSubstr("urls: excludes url")));
  EXPECT_THAT(wrong("type: alertmanager, urls: []"),
              ElementsAre(HasSubstr("urls: has 0 elements: at least 1, at most 10")));
}

TEST(SinkKeys, ASecretStandsInOnePlace) {
  EXPECT_THAT(wrong(kWebhook + ", format: dingtalk, secret: s, secret_file: /s"),
              ElementsAre(HasSubstr("secret_file: excludes secret; keep one of the two")));
  EXPECT_THAT(wrong(kWebhook + ", bearer_token: s, bearer_token_file: /s"),
              ElementsAre(HasSubstr("bearer_token_file: excludes bearer_token; keep one of the two")));
}

TEST(SinkKeys, AFormatThatIsUnknownIsToldAlone) {
  EXPECT_THAT(wrong(kWebhook + ", format: slack, secret: s"),
              ElementsAre(HasSubstr("'slack' is not one of json, dingtalk, feishu")));
  EXPECT_THAT(wrong(kWebhook + ", format: lark, bearer_token: s, transitions: true"),
              ElementsAre(HasSubstr("'lark' is not one of")));
}

TEST(SinkKeys, TokensDoNotGoOverTheNetworkInTheClear) {
  constexpr const char* kClear = "would go over the network in the clear; write https://";
  for (const char* token : {"bearer_token: hunter2", "bearer_token_file: /t"}) {
    const auto with_token = [token](std::string_view keys) {
      return wrong(fmt::format("{}, {}", keys, token));
    };
    EXPECT_THAT(with_token("type: alertmanager, url: 'http://alertmanager:9093'"),
                ElementsAre(AllOf(HasSubstr(kClear), HasSubstr(std::string{token}.substr(0, 12)),
                                  Not(HasSubstr("hunter2")))));
    EXPECT_THAT(with_token("type: alertmanager, urls: ['https://a', 'http://b']"),
                ElementsAre(HasSubstr(kClear)));
    EXPECT_THAT(with_token("type: webhook, url: 'http://10.0.0.1/x'"), ElementsAre(HasSubstr(kClear)));
    EXPECT_THAT(with_token("type: webhook, url: 'http://127.0.0.1:8/x'"), IsEmpty());
    EXPECT_THAT(with_token("type: alertmanager, urls: ['https://a', 'http://[::1]:1', 'http://localhost']"),
                IsEmpty());
  }
}

TEST(SinkKeys, NamesAreUniqueAndFitForALabel) {
  const std::string longest(64, 'a');
  EXPECT_EQ(only("type: log, name: " + longest).name, longest);
  for (const std::string& name : {longest + "a", std::string{"On-call"}, std::string{"on call"},
                                  std::string{"告警"}, std::string{"a.b"}, std::string{"a/b"}}) {
    EXPECT_THAT(wrong(fmt::format("type: log, name: '{}'", name)),
                ElementsAre(HasSubstr("is no name of a sink; write at most 64 of a-z, 0-9, _ and -")));
  }
  EXPECT_THAT(wrong("type: log, name: ''"), ElementsAre(HasSubstr("name: is empty")));
  EXPECT_THAT(all_wrong("{type: webhook, url: 'https://a'}, {type: webhook, url: 'https://b'}"),
              ElementsAre(HasSubstr(
                  "alerts.sinks[1].name: is missing; the sink in line 2 is called webhook already")));
  EXPECT_THAT(
      all_wrong("{type: webhook, url: 'https://a', name: x},\n {type: webhook, url: 'https://b', name: x}"),
      ElementsAre(HasSubstr(
          "f:3:42: alerts.sinks[1].name: is the name of another sink too, in line 2; names are unique")));
  EXPECT_THAT(
      all_wrong("{type: log, name: webhook}, {type: webhook, url: 'https://b'}"),
      ElementsAre(HasSubstr("alerts.sinks[1].name: is missing; the sink in line 2 is called webhook")));
  EXPECT_THAT(
      all_wrong(
          "{type: webhook, url: 'https://a'}, {type: webhook, url: 'https://b', name: two}, {type: log}"),
      IsEmpty());
}

TEST(SinkKeys, NobodyIsToldEverythingTwice) {
  constexpr const char* kSame =
      "alerts.sinks[1]: is the same as a sink above; everything would be told twice";
  EXPECT_THAT(all_wrong("{type: log}, {type: log}"), ElementsAre(HasSubstr(kSame)));
  EXPECT_THAT(all_wrong("{type: log}, {type: log, name: again}"), ElementsAre(HasSubstr(kSame)));
  EXPECT_THAT(
      all_wrong("{type: alertmanager, url: 'http://h'}, {type: alertmanager, url: 'http://h/', name: b}"),
      ElementsAre(HasSubstr(kSame)));
  EXPECT_THAT(all_wrong("{type: webhook, name: a}, {type: webhook, name: b}"),
              ElementsAre(HasSubstr("url: is missing"), HasSubstr("url: is missing")));
}

TEST(SinkKeys, AnAlertmanagersAddressIsItsBase) {
  EXPECT_EQ(only("type: alertmanager, url: 'http://h:9093/'").url.reveal(), "http://h:9093");
  EXPECT_EQ(only("type: alertmanager, url: 'https://h/team/am//'").url.reveal(), "https://h/team/am");
  EXPECT_THAT(only("type: alertmanager, urls: ['http://a/', 'http://b']").urls,
              ElementsAre("http://a", "http://b"));
  EXPECT_EQ(only("type: webhook, url: 'http://h/x/'").url.reveal(),
            "http://h/x/");  // a webhook's is left as it is
  EXPECT_EQ(only("type: webhook, url: 'http://h/api/v2/alerts?x=1'").url.reveal(),
            "http://h/api/v2/alerts?x=1");
  EXPECT_THAT(wrong("type: alertmanager, url: 'http://h/api/v2/alerts'"),
              ElementsAre(HasSubstr("url: the value ends with the path of the API, which is added")));
  EXPECT_THAT(
      wrong("type: alertmanager, urls: ['http://a', 'http://b/?x']"),
      ElementsAre(HasSubstr("urls[1]: 'http://b/?x' holds a query; write where the Alertmanager is")));
  EXPECT_THAT(wrong("type: alertmanager, urls: ['http://a', 'http://a/']"),
              ElementsAre(HasSubstr("urls: has one address with and without a slash at its end")));
  EXPECT_THAT(wrong("type: alertmanager, urls: ['http://a', 'http://a']"),
              ElementsAre(HasSubstr("urls[1]: stands in this list twice")));
}

TEST(SinkKeys, AddressesAreHeldAgainstWhatUrlsAre) {
  for (const char* type : {"webhook", "alertmanager"}) {
    for (const char* url :
         {"hunter2", "ftp://hunter2", "https://", "https://hunter2:hunter2@h/", "https://hunter2@h",
          "https://h/#hunter2", "https://h/hunter2 x", "https://h:hunter2/", "https://h/%hunter2"}) {
      const std::vector<std::string> found = wrong(fmt::format("type: {}, url: '{}'", type, url));
      EXPECT_THAT(found,
                  ElementsAre(AllOf(HasSubstr("alerts.sinks[0].url: the value "), Not(HasSubstr("hunter2")))))
          << type << ' ' << url;
    }
  }
}

TEST(SinkKeys, NoMistakeShowsAHiddenValue) {
  const char* kHidden =
      "{type: %, url: 'http://hunter2/hunter2', url_file: /f, secret: hunter2, secret_file: /s, "
      "bearer_token: hunter2, bearer_token_file: /t, format: dingtalk}";
  for (const char* type : {"log", "alertmanager", "webhook", "none"}) {
    std::string sink = kHidden;
    sink.replace(sink.find('%'), 1, type);
    const std::vector<std::string> found = all_wrong(sink + ", " + sink);
    EXPECT_FALSE(found.empty());
    EXPECT_THAT(found, Each(Not(HasSubstr("hunter2")))) << type;
  }
}

TEST(SinkKeys, NoneIsLeftUntestedHere) {
  std::set<std::string_view> tested{"type"};
  for (const Fits& key : kFits)
    tested.insert(key.key);
  for (const Key& key : kSinkKeys)
    EXPECT_TRUE(tested.contains(leaf_of(key.path))) << key.path;
}

}  // namespace
}  // namespace sas::settings
