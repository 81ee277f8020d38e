// SPDX-License-Identifier: Apache-2.0
#include "web/password_checks.hpp"

#include <algorithm>
#include <list>
#include <string>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

#include "unit/web/server_fixture.hpp"
#include "unit/web/users.hpp"

namespace sas::web {
namespace {

class PasswordChecksTest : public ServerTest {
 protected:
  /// Begins a check; its admission comes into `into`.
  void begin(std::optional<Admission>& into, const std::string& user, const std::string& password) {
    boost::asio::co_spawn(context_, checks_.check({.user = user, .password = Secret(password)}, users_),
                          [&into](const std::exception_ptr& failure, Admission admission) {
                            EXPECT_FALSE(failure);
                            into = admission;
                          });
  }
  Admission check(const std::string& user, const std::string& password) {
    std::optional<Admission> admission;
    begin(admission, user, password);
    EXPECT_TRUE(until([&] { return admission.has_value(); }));
    return *admission;
  }

  PasswordChecks checks_{context_.get_executor()};
  std::vector<settings::User> users_{kAlice, kBob};
};

TEST_F(PasswordChecksTest, TheRightPasswordOfAUserIsGranted) {
  EXPECT_EQ(check("alice", "hunter2"), Admission::granted);
  EXPECT_EQ(check("bob", "swordfish"), Admission::granted);
  EXPECT_EQ(check("alice", "swordfish"), Admission::refused) << "another's";
  EXPECT_EQ(check("alice", ""), Admission::refused);
  EXPECT_EQ(check("Alice", "hunter2"), Admission::refused);
  EXPECT_EQ(check("", ""), Admission::refused);
}

TEST_F(PasswordChecksTest, WhatIsKnownIsNotComputedAgain) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(check("alice", "hunter2"), Admission::granted);
    EXPECT_EQ(check("alice", "wrong"), Admission::refused);
    EXPECT_EQ(check("mallory", "hunter2"), Admission::refused);
  }
  EXPECT_EQ(checks_.done(), 3U);
  users_[0].hash = kBob.hash;  // a new password counts at once
  EXPECT_EQ(check("alice", "hunter2"), Admission::refused);
  EXPECT_EQ(checks_.done(), 4U);
}

TEST_F(PasswordChecksTest, AnUnknownUserCostsACheckOfTheHighestCostThereIs) {
  EXPECT_EQ(check("mallory", "swordfish"), Admission::refused)
      << "though it is the password behind that hash";
  EXPECT_EQ(checks_.done(), 1U);
  users_.push_back({.name = "mallory", .hash = kBob.hash});
  EXPECT_EQ(check("mallory", "swordfish"), Admission::granted) << "once it is a user";
}

TEST_F(PasswordChecksTest, TheLoopDoesOtherWorkMeanwhile) {
  std::optional<Admission> admission;
  begin(admission, "alice", "hunter2");
  bool was_open = false;
  boost::asio::post(context_, [&] { was_open = !admission.has_value(); });  // right behind the check's begin
  EXPECT_TRUE(until([&] { return admission.has_value(); }));
  EXPECT_TRUE(was_open);
}

TEST_F(PasswordChecksTest, NoTwoPartsRunTogether) {
  users_ = {{.name = "a", .hash = kAlice.hash}, {.name = "ahunter2", .hash = kAlice.hash}};
  EXPECT_EQ(check("a", "hunter2"), Admission::granted);
  EXPECT_EQ(check("ahunter2", ""), Admission::refused);
}

TEST_F(PasswordChecksTest, ThoseWhoAskForTheSameAtOnceShareACheck) {
  std::list<std::optional<Admission>> admissions(10);
  for (auto& admission : admissions)
    begin(admission, "alice", "hunter2");
  EXPECT_TRUE(until([&] { return admissions.back().has_value(); }));
  for (const auto& admission : admissions)
    EXPECT_EQ(admission, Admission::granted);
  EXPECT_EQ(checks_.done(), 1U);
}

TEST_F(PasswordChecksTest, AFloodOfGuessesIsBoundedAndPushesOutNobody) {
  EXPECT_EQ(check("alice", "hunter2"), Admission::granted);
  std::list<std::optional<Admission>> admissions;
  for (int i = 0; i < 100; ++i)
    begin(admissions.emplace_back(), "alice", std::to_string(i));
  turn();
  EXPECT_EQ(admissions.back(), Admission::overloaded);
  EXPECT_EQ(check("alice", "hunter2"), Admission::granted) << "without waiting in the line";
  EXPECT_TRUE(until([&] {
    return std::all_of(admissions.begin(), admissions.end(),
                       [](const auto& each) { return each.has_value(); });
  }));
  for (int i = 0; i < 300; ++i)
    EXPECT_EQ(check("alice", "guess " + std::to_string(i)), Admission::refused);
  const std::size_t done = checks_.done();
  EXPECT_EQ(check("alice", "hunter2"), Admission::granted);
  EXPECT_EQ(checks_.done(), done);
}

TEST_F(PasswordChecksTest, WhoIsCancelledLeavesTheOthersTheirAnswer) {
  boost::asio::cancellation_signal stop;
  bool ended = false;
  boost::asio::co_spawn(context_,
                        checks_.check({.user = "bob", .password = Secret(std::string("x"))}, users_),
                        boost::asio::bind_cancellation_slot(
                            stop.slot(), [&](const std::exception_ptr& failure, Admission /*none*/) {
                              EXPECT_TRUE(failure);
                              ended = true;
                            }));
  std::optional<Admission> other;
  begin(other, "bob", "x");
  turn();
  stop.emit(boost::asio::cancellation_type::terminal);
  EXPECT_TRUE(until([&] { return ended && other.has_value(); }));
  EXPECT_EQ(other, Admission::refused);
}

}  // namespace
}  // namespace sas::web
