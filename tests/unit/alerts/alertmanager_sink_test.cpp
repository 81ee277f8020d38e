// SPDX-License-Identifier: Apache-2.0
#include "alerts/alertmanager_sink.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/timer.hpp"
#include "support/alert_builder.hpp"
#include "support/sink_fixture.hpp"
#include "support/temporary_folder.hpp"

namespace sas::alerts {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using support::answered;
using support::resolved;
using support::stalled;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;
using testing::SizeIs;

// Some members of a cluster, of which those may be down or hang whose URL begins so.
class FakeCluster : public http::Client {
 public:
  asio::awaitable<Result<http::Response>> exchange(const http::Request& request) override {
    const Instant now = runtime::Clock::now();
    requests.push_back(request);
    times.push_back(std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()));
    if (!hanging.empty() && request.url.starts_with(hanging)) co_await runtime::sleep_for(24h);
    if (!down.empty() && request.url.starts_with(down)) co_return support::unreachable();
    co_return answer;
  }

  /// `subject firing|over` of each alert, for each request to a URL that begins so.
  [[nodiscard]] std::vector<std::string> told(const std::string& url) const {
    std::vector<std::string> all;
    for (const http::Request& request : requests) {
      if (!request.url.starts_with(url)) continue;
      std::string said;
      const json::value body = json::parse(request.body);
      for (const json::value& alert : body.as_array()) {
        const bool is_over = alert.at("annotations").at("summary").as_string().starts_with("Resolved");
        said.append(said.empty() ? "" : ", ").append(alert.at("labels").at("task_id").as_string());
        said += is_over ? " over" : " firing";
      }
      all.push_back(said);
    }
    return all;
  }

  std::string down;
  std::string hanging;
  Result<http::Response> answer = answered(200);
  std::vector<http::Request> requests;
  std::vector<std::chrono::seconds> times;
};

class AlertmanagerSinkTest : public support::SinkFixture {
 protected:
  Sink& sink(AlertmanagerSettings settings) {
    settings.name = "hook";
    const Surroundings around = surroundings();
    sink_ = make_alertmanager_sink(
        settings,
        {.http = cluster_, .registry = around.registry, .log = around.log, .random = around.random});
    run(*sink_);
    return *sink_;
  }
  Sink& sink(std::vector<std::string> urls = {"http://one.example.com:9093"}) {
    AlertmanagerSettings settings;
    settings.urls = std::move(urls);
    return sink(std::move(settings));
  }

  void tell(const policy::AlertChange& change) {
    sink_->tell("production", change, taken(change.subject));
    run_ready();
  }

  FakeCluster cluster_;
  std::unique_ptr<Sink> sink_;
};

TEST_F(AlertmanagerSinkTest, WhatFiresIsToldAtOnceAndAgainEachMinute) {
  sink();
  run_for(10min);
  EXPECT_THAT(cluster_.requests, IsEmpty());
  tell(stalled("a"));
  ASSERT_THAT(cluster_.requests, SizeIs(1));
  EXPECT_EQ(cluster_.requests[0].url, "http://one.example.com:9093/api/v2/alerts");
  EXPECT_EQ(cluster_.requests[0].method, "POST");
  EXPECT_EQ(cluster_.requests[0].headers.size(), 1U);
  const json::value first = json::parse(cluster_.requests[0].body).at(0);
  EXPECT_EQ(first.at("endsAt"), "2026-01-02T03:18:05.000Z");
  run_for(2min);
  EXPECT_THAT(cluster_.times, ElementsAre(600s, 660s, 720s));
  const json::value last = json::parse(cluster_.requests[2].body).at(0);
  EXPECT_EQ(last.at("endsAt"), "2026-01-02T03:20:05.000Z");
  EXPECT_EQ(last.at("startsAt"), first.at("startsAt"));
  EXPECT_EQ(last.at("labels"), first.at("labels"));
  EXPECT_EQ(count("ok"), "1") << "what is said again is no news";
}

TEST_F(AlertmanagerSinkTest, ANewOneIsToldByItselfAndLaterWithTheOthers) {
  sink();
  tell(stalled("a"));
  run_for(30s);
  tell(stalled("b"));
  run_for(1min);
  EXPECT_THAT(cluster_.told("http://one"), ElementsAre("a firing", "b firing", "a firing, b firing"));
  EXPECT_THAT(cluster_.times, ElementsAre(0s, 30s, 60s)) << "news does not put off what is said again";
}

TEST_F(AlertmanagerSinkTest, WhatIsOverIsToldOnceAndNoMore) {
  sink();
  tell(stalled("a"));
  tell(resolved(stalled("a")));
  EXPECT_TRUE(sink_->is_idle());
  run_for(1h);
  EXPECT_THAT(cluster_.told("http://one"), ElementsAre("a firing", "a over"));
  EXPECT_EQ(json::parse(cluster_.requests[1].body).at(0).at("endsAt"), "2026-01-02T12:10:00.000Z");
  EXPECT_EQ(count("ok"), "2");
  tell(stalled("b"));
  EXPECT_EQ(count("dropped"), "0") << "what was taken is not given up later";
}

TEST_F(AlertmanagerSinkTest, NewsIsTakenAtOnce) {
  cluster_.down = "http";
  sink();
  sink_->tell("production", stalled("a"), taken("a"));
  EXPECT_THAT(taken_, ElementsAre(Pair("a", 1)));
  EXPECT_FALSE(sink_->is_idle()) << "not tried yet";
  EXPECT_EQ(queue_length(), "1");
  run_ready();
  EXPECT_TRUE(sink_->is_idle()) << "tried, and down: nothing to wait for";
  EXPECT_EQ(queue_length(), "1");
}

TEST_F(AlertmanagerSinkTest, TransitionsAreNotForIt) {
  EXPECT_FALSE(sink().wants(tasks::Transition()));
  EXPECT_TRUE(sink_->wants(stalled("a")));
}

TEST_F(AlertmanagerSinkTest, WhatFiredBeforeARestartIsToldAsItWas) {
  sink();
  const policy::AlertChange told = stalled("a");
  sink_->recall(
      "production",
      {.alert = told.alert, .subject = told.subject, .evidence = told.evidence, .since = told.since});
  run_for(61s);
  EXPECT_THAT(cluster_.told("http://one"), ElementsAre("a firing", "a firing"));
  tell(resolved(told));
  EXPECT_EQ(cluster_.told("http://one").back(), "a over");
  EXPECT_EQ(json::parse(cluster_.requests[0].body).at(0).at("labels"),
            json::parse(cluster_.requests[2].body).at(0).at("labels"));
  EXPECT_EQ(json::parse(cluster_.requests[0].body).at(0).at("startsAt"), "2026-01-02T12:00:00.000Z");
}

TEST_F(AlertmanagerSinkTest, TheEndOfWhatItNeverHeardOfIsToldToo) {
  sink();
  tell(resolved(stalled("a")));
  EXPECT_THAT(cluster_.told("http://one"), ElementsAre("a over"));
}

TEST_F(AlertmanagerSinkTest, AMemberThatIsDownDelaysNoOther) {
  cluster_.down = "http://one";
  sink({"http://one.example.com:9093", "http://two.example.com:9093", "http://three.example.com/am/"});
  tell(stalled("a"));
  EXPECT_THAT(cluster_.told("http://two"), ElementsAre("a firing"));
  EXPECT_THAT(cluster_.told("http://three.example.com/am/api/v2/alerts"), ElementsAre("a firing"));
  run_for(150s);
  EXPECT_THAT(cluster_.told("http://two"), SizeIs(3));
  cluster_.down.clear();
  run_for(1min);
  tell(resolved(stalled("a")));
  for (const char* member : {"http://one", "http://two", "http://three"})
    EXPECT_EQ(cluster_.told(member).back(), "a over") << member;
  EXPECT_TRUE(sink_->is_idle());
  EXPECT_THAT(log_.lines(), ElementsAre("level=warn msg=\"Alertmanager does not take alerts\" sink=hook "
                                        "address=one.example.com:9093 error=transport",
                                        "level=info msg=\"Alertmanager takes alerts again\" sink=hook "
                                        "address=one.example.com:9093"));
}

TEST_F(AlertmanagerSinkTest, AMemberThatHangsDelaysNoOtherAndIsTriedAgain) {
  cluster_.hanging = "http://one";
  sink({"http://one.example.com:9093", "http://two.example.com:9093"});
  tell(stalled("a"));
  EXPECT_THAT(cluster_.told("http://two"), ElementsAre("a firing"));
  run_for(11s);
  EXPECT_THAT(log_.lines(), ElementsAre(HasSubstr("address=one.example.com:9093 error=\"timeout")));
  cluster_.hanging.clear();
  run_for(15s);
  EXPECT_EQ(cluster_.told("http://one").back(), "a firing");
  EXPECT_EQ(queue_length(), "0");
}

TEST_F(AlertmanagerSinkTest, AnEndThatNobodyTakesIsGivenUpAfterAQuarterOfAnHour) {
  sink();
  tell(stalled("a"));
  cluster_.down = "http";
  tell(resolved(stalled("a")));
  run_for(14min);
  EXPECT_EQ(queue_length(), "1");
  EXPECT_EQ(count("dropped"), "0");
  run_for(2min);
  EXPECT_EQ(queue_length(), "0");
  EXPECT_EQ(count("dropped"), "1");
  const std::size_t tried = cluster_.requests.size();
  EXPECT_GT(tried, 15U);
  run_for(1h);
  EXPECT_THAT(cluster_.requests, SizeIs(tried));
}

TEST_F(AlertmanagerSinkTest, ARefusalIsLoggedOnceAndTriedAgain) {
  cluster_.answer = answered(400);
  sink();
  tell(stalled("a"));
  run_for(1h);
  EXPECT_THAT(log_.lines(), ElementsAre(HasSubstr("error=\"parameter, HTTP 400\"")));
  EXPECT_GT(cluster_.requests.size(), 60U);
  cluster_.answer = answered(200);
  run_for(1min);
  EXPECT_EQ(queue_length(), "0");
  EXPECT_EQ(count("ok"), "1");
}

TEST_F(AlertmanagerSinkTest, APauseThatIsAskedForIsKeptUpToAMinute) {
  cluster_.answer = answered(429, "", {{.name = "Retry-After", .value = "20"}});
  sink();
  tell(stalled("a"));
  run_for(19s);
  EXPECT_THAT(cluster_.requests, SizeIs(1));
  cluster_.answer = answered(429, "", {{.name = "Retry-After", .value = "86400"}});
  run_for(90s);
  EXPECT_THAT(cluster_.times, ElementsAre(0s, 20s, 80s));
}

TEST_F(AlertmanagerSinkTest, ManyAlertsGoInSeveralRequests) {
  sink();
  for (int i = 0; i < 1'200; ++i)
    sink_->tell("production", stalled(std::to_string(i)), [] {});
  run_ready();
  std::size_t told = 0;
  for (const http::Request& request : cluster_.requests)
    told += json::parse(request.body).as_array().size();
  EXPECT_THAT(cluster_.requests, SizeIs(3));
  EXPECT_EQ(told, 1'200U);
}

TEST_F(AlertmanagerSinkTest, TheTokenIsReadForEachRequestAndNeverShown) {
  support::TemporaryFolder folder;
  folder.write("token", "first-t0ken");
  AlertmanagerSettings settings;
  settings.urls = {"https://am.example.com/p4th?q=s3cret"};
  settings.bearer_token_file = folder.path("token");
  settings.ca_file = "/etc/ca.pem";
  sink(std::move(settings));
  cluster_.answer = answered(401, "first-t0ken");
  tell(stalled("a"));
  folder.write("token", "second-t0ken");
  cluster_.answer = answered(200);
  run_for(1min);
  ASSERT_THAT(cluster_.requests, SizeIs(testing::Ge(2U)));
  EXPECT_EQ(cluster_.requests[0].headers.back().value, "Bearer first-t0ken");
  EXPECT_EQ(cluster_.requests[1].headers.back().value, "Bearer second-t0ken");
  EXPECT_EQ(cluster_.requests[0].ca_file, "/etc/ca.pem");
  EXPECT_THAT(log_.lines(), Contains(HasSubstr("address=am.example.com:443")));
  for (const char* secret : {"t0ken", "s3cret", "p4th"})
    EXPECT_THAT(log_.lines(), testing::Each(Not(HasSubstr(secret))));
}

}  // namespace
}  // namespace sas::alerts
