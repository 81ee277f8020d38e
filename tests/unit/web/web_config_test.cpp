// SPDX-License-Identifier: Apache-2.0
#include "web/web_config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/web/tls_fixture.hpp"

namespace sas::web {
namespace {

using testing::HasSubstr;

class WebConfigTest : public TlsServerTest {
 protected:
  std::string problem(const std::string& yaml) const {
    folder_.write("web.yml", yaml);
    const auto loaded = load_web_config(folder_.path("web.yml"));
    return loaded ? "fine" : loaded.error().message;
  }
};

TEST_F(WebConfigTest, WithoutAFileThereIsPlainHttpForEverybody) {
  const auto loaded = load_web_config("");
  ASSERT_TRUE(loaded.has_value());
  EXPECT_EQ((*loaded)->tls, nullptr);
  EXPECT_TRUE((*loaded)->users.empty() && (*loaded)->header_lines.empty() && !(*loaded)->rate_limit);
}

TEST_F(WebConfigTest, EachMistakeHasALineWithItsPlace) {
  const std::string file = folder_.path("web.yml");
  EXPECT_EQ(problem("zoo: 1\nbasic_auth_users: {a: hunter2}\n").find(file + ":1:1: zoo: "), 0U);
  EXPECT_THAT(problem("zoo: 1\nbasic_auth_users: {a: hunter2}\n"),
              testing::AllOf(HasSubstr("\n" + file + ":2:23: basic_auth_users.a: "),
                             testing::Not(HasSubstr("hunter2"))));
}

TEST_F(WebConfigTest, WhatItNamesHasToBeThere) {
  const std::string folder = folder_.path("");
  EXPECT_EQ(problem("tls_server_config: {cert_file: a.crt, key_file: a.key}"), "fine");
  EXPECT_THAT(problem("tls_server_config: {cert_file: none.crt, key_file: a.key}"),
              HasSubstr("web.yml: cert_file " + folder + "none.crt: No such file"));
  EXPECT_THAT(problem("tls_server_config: {cert_file: a.key, key_file: a.key}"),
              HasSubstr("not usable as PEM"));
  EXPECT_THAT(load_web_config(folder + "none.yml").error().message, HasSubstr("none.yml: No such file"));
}

TEST_F(WebConfigTest, HeadersAreInEveryAnswer) {
  start_with(
      "http_server_config:\n  headers:\n    X-Frame-Options: deny\n    X-Content-Type-Options: nosniff\n"
      "    Content-Security-Policy: default-src 'self'\n");
  for (const char* path : {"/", "/metrics", "/nothing"}) {
    TlsClient client(port_);
    client.send(std::string("GET ") + path + " HTTP/1.0\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(until([&] { return client.step() == TlsClient::State::ended; }));
    const std::string head = client.received.substr(0, client.received.find("\r\n\r\n") + 2);
    EXPECT_THAT(head, HasSubstr("\r\nX-Frame-Options: deny\r\n")) << path;
    EXPECT_THAT(head, HasSubstr("\r\nContent-Security-Policy: default-src 'self'\r\n")) << path;
    EXPECT_EQ(head.find("nosniff"), head.rfind("nosniff")) << path << ": once";
  }
}

}  // namespace
}  // namespace sas::web
