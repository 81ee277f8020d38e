// SPDX-License-Identifier: Apache-2.0
#include "runtime/signals.hpp"

#include <csignal>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

namespace sas::runtime {
namespace {

class StopSignal : public testing::TestWithParam<int> {};

TEST_P(StopSignal, ArrivesInTheLoop) {
  boost::asio::io_context context(1);
  int arrived = 0;
  boost::asio::co_spawn(context, stop_signal(),
                        [&arrived](const std::exception_ptr&, int number) { arrived = number; });
  boost::asio::post(context, [] { std::raise(GetParam()); });  // runs once the coroutine waits
  context.run();
  EXPECT_EQ(arrived, GetParam());
}

INSTANTIATE_TEST_SUITE_P(Both, StopSignal, testing::Values(SIGTERM, SIGINT));

}  // namespace
}  // namespace sas::runtime
