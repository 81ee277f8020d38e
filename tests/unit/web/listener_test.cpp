// SPDX-License-Identifier: Apache-2.0
#include "web/listener.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

namespace sas::web {
namespace {

class Listener : public ::testing::Test {
 protected:
  Result<boost::asio::ip::tcp::acceptor> open(std::string_view address) {
    return open_listener(context_.get_executor(), address);
  }

  boost::asio::io_context context_{1};
};

TEST_F(Listener, PortZeroBecomesThePortOfTheKernelsChoice) {
  const auto acceptor = open("127.0.0.1:0");
  ASSERT_TRUE(acceptor.has_value()) << acceptor.error().message;
  EXPECT_TRUE(bound_address(*acceptor).starts_with("127.0.0.1:"));
  EXPECT_NE(bound_address(*acceptor), "127.0.0.1:0");
}

TEST_F(Listener, IPv6AddressesAreInBrackets) {
  const auto acceptor = open("[::1]:0");
  if (!acceptor && acceptor.error().message.find("no network interface") != std::string::npos) {
    GTEST_SKIP() << "this machine has no IPv6";
  }
  ASSERT_TRUE(acceptor.has_value()) << acceptor.error().message;
  EXPECT_TRUE(bound_address(*acceptor).starts_with("[::1]:"));
}

TEST_F(Listener, AnEmptyHostIsAllAddressesOfBothFamilies) {
  const auto acceptor = open(":0");
  ASSERT_TRUE(acceptor.has_value()) << acceptor.error().message;
  boost::asio::ip::tcp::socket client(context_);
  boost::system::error_code failure;
  client.connect({boost::asio::ip::address_v4::loopback(), acceptor->local_endpoint().port()}, failure);
  EXPECT_FALSE(failure) << failure.message();
}

TEST_F(Listener, NamesAreLookedUp) {
  const auto acceptor = open("localhost:0");
  ASSERT_TRUE(acceptor.has_value()) << acceptor.error().message;
  EXPECT_TRUE(acceptor->local_endpoint().address().is_loopback());
}

TEST_F(Listener, AnAddressInUseIsNamedWithWhatToDo) {
  const auto first = open("127.0.0.1:0");
  ASSERT_TRUE(first.has_value()) << first.error().message;
  const std::string address = bound_address(*first);
  const auto second = open(address);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().message, "cannot listen on '" + address +
                                        "': address already in use: another program, or another copy of this "
                                        "one, listens there; stop it or "
                                        "choose another port");
}

TEST_F(Listener, AnAddressOfAnotherMachineIsNamedWithWhatToDo) {
  const auto acceptor = open("192.0.2.1:0");  // TEST-NET-1 (RFC 5737)
  ASSERT_FALSE(acceptor.has_value());
  EXPECT_EQ(acceptor.error().message,
            "cannot listen on '192.0.2.1:0': cannot assign requested address: no network interface of this "
            "machine has "
            "that address");
}

TEST_F(Listener, ANameThatDoesNotExistIsAnError) {
  const auto acceptor = open("does-not-exist.invalid:80");  // RFC 6761
  ASSERT_FALSE(acceptor.has_value());
  EXPECT_TRUE(
      acceptor.error().message.starts_with("cannot listen on 'does-not-exist.invalid:80': host not found"))
      << acceptor.error().message;
}

TEST_F(Listener, AnAddressThatCannotBeReadIsAnErrorBeforeAnythingIsOpened) {
  const auto acceptor = open("localhost");
  ASSERT_FALSE(acceptor.has_value());
  EXPECT_TRUE(acceptor.error().message.starts_with("listen address 'localhost': the port is missing"));
}

}  // namespace
}  // namespace sas::web
