// SPDX-License-Identifier: Apache-2.0
#include "web/listen_address.hpp"

#include <gtest/gtest.h>

namespace sas::web {
namespace {

TEST(ListenAddress, IsReadInEachOfItsForms) {
  const struct {
    const char* text;
    ListenAddress address;
  } kCases[] = {
      {"127.0.0.1:10973", {"127.0.0.1", 10973}}, {"[::1]:0", {"::1", 0}},       {":10973", {"", 10973}},
      {"localhost:80", {"localhost", 80}},       {"[::]:65535", {"::", 65535}},
  };
  for (const auto& item : kCases) {
    const auto address = parse_listen_address(item.text);
    ASSERT_TRUE(address.has_value()) << address.error().message;
    EXPECT_EQ(*address, item.address) << item.text;
  }
}

TEST(ListenAddress, WhatIsWrongIsSaidWithTheText) {
  const struct {
    const char* text;
    const char* message;
  } kCases[] = {
      {"", "listen address '': the port is missing; write host:port, [v6]:port, or :port for all addresses"},
      {"localhost",
       "listen address 'localhost': the port is missing; write host:port, [v6]:port, or :port for all "
       "addresses"},
      {"[::1]",
       "listen address '[::1]': the port is missing; write host:port, [v6]:port, or :port for all addresses"},
      {"::1:80", "listen address '::1:80': an IPv6 address stands in brackets: [::1]:10973"},
      {"[::1:80", "listen address '[::1:80': an IPv6 address stands in brackets: [::1]:10973"},
      {"[]:80", "listen address '[]:80': nothing stands between the brackets"},
      {"host:", "listen address 'host:': the port is a number from 0 to 65535"},
      {"host:http", "listen address 'host:http': the port is a number from 0 to 65535"},
      {"host:65536", "listen address 'host:65536': the port is a number from 0 to 65535"},
      {"host:-1", "listen address 'host:-1': the port is a number from 0 to 65535"},
      {"host:80/", "listen address 'host:80/': the port is a number from 0 to 65535"},
      {"http://host:80",
       "listen address 'http://host:80': a host name or an address is needed before the port, and nothing "
       "else"},
      {"a host:80",
       "listen address 'a host:80': a host name or an address is needed before the port, and nothing else"},
  };
  for (const auto& item : kCases) {
    const auto address = parse_listen_address(item.text);
    ASSERT_FALSE(address.has_value()) << item.text;
    EXPECT_EQ(address.error().message, item.message);
    EXPECT_EQ(address.error().cause, ErrorCause::configuration);
  }
}

}  // namespace
}  // namespace sas::web
