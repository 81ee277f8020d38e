// SPDX-License-Identifier: Apache-2.0
#include "http/proxy.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

namespace sas::http {
namespace {

TEST(Proxy, IsReadFromItsUrl) {
  const auto proxy = parse_proxy("http://proxy.example.com:3128");
  ASSERT_TRUE(proxy && *proxy);
  EXPECT_EQ((*proxy)->host, "proxy.example.com");
  EXPECT_EQ((*proxy)->port, 3128);
  EXPECT_TRUE((*proxy)->authorization.empty());
}

TEST(Proxy, UserAndPasswordBecomeBasicAuthentication) {
  const auto proxy = parse_proxy("http://Aladdin:open%20sesame@[::1]:8080/");  // the example of RFC 7617
  ASSERT_TRUE(proxy && *proxy);
  EXPECT_EQ((*proxy)->host, "::1");
  EXPECT_EQ((*proxy)->authorization.reveal(), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
}

TEST(Proxy, NoneIsNoError) {
  const auto proxy = parse_proxy("");
  ASSERT_TRUE(proxy);
  EXPECT_FALSE(*proxy);
}

TEST(Proxy, AnythingElseIsRefusedWithoutRepeatingIt) {
  for (const char* text :
       {"proxy:3128", "https://proxy:3128", "socks5://proxy:1080", "http://proxy", "http://:3128",
        "http://proxy:3128/path", "http://u:pa55@proxy:99999", "http://proxy:3128?x", "?"}) {
    const auto proxy = parse_proxy(text);
    ASSERT_FALSE(proxy) << text;
    EXPECT_EQ(proxy.error().cause, ErrorCause::configuration) << text;
    EXPECT_EQ(proxy.error().message.find("pa55"), std::string::npos);
  }
}

TEST(NoProxy, IsReadAsCurlDoes) {
  const struct {
    const char* host;
    const char* no_proxy;
    bool bypasses;
  } cases[] = {
      {"example.com", "", false},
      {"example.com", "*", true},
      {"example.com", "example.com", true},
      {"EXAMPLE.com", "example.COM", true},
      {"example.com.", "example.com", true},
      {"example.com", "example.com.", true},
      {"www.example.com", "example.com", true},
      {"www.example.com", ".example.com", true},
      {"example.com", ".example.com", true},
      {"notexample.com", "example.com", false},
      {"example.com", "www.example.com", false},
      {"example.com", "other.org, example.com", true},
      {"example.com", "other.org example.com", true},
      {"example.com", ",,", false},
      {"example.com", ".", false},
      {"example.com", "*.example.com", false},
      {"127.0.0.1", "127.0.0.1", true},
      {"127.0.0.1", "0.0.1", false},
      {"10.1.2.3", "10.0.0.0/8", true},
      {"11.1.2.3", "10.0.0.0/8", false},
      {"10.1.2.3", "10.1.2.3/32", true},
      {"10.1.2.3", "10.0.0.0/99", false},
      {"::1", "::1", true},
      {"::1", "[::1]", true},
      {"fd00::1", "fd00::/8", true},
      {"fd00::1", "10.0.0.0/8", false},
      {"10.1.2.3", "fd00::/8", false},
      {"10.1.2.3", "*", true},
      {"example.com", "10.0.0.0/8", false},
  };
  for (const auto& [host, no_proxy, bypasses] : cases)
    EXPECT_EQ(bypasses_proxy(host, no_proxy), bypasses) << host << " against " << no_proxy;
}

class ProxyEnvironmentTest : public ::testing::Test {
 public:
  ProxyEnvironmentTest() { clear(); }
  ~ProxyEnvironmentTest() override { clear(); }

 private:
  static void clear() {
    for (const char* name : {"https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY"})
      ::unsetenv(name);
  }
};

TEST_F(ProxyEnvironmentTest, SmallLettersWinOverCapitals) {
  ::setenv("HTTPS_PROXY", "http://a:1", 1);
  ::setenv("NO_PROXY", "x", 1);
  EXPECT_EQ(proxy_from_environment().https_proxy, "http://a:1");
  EXPECT_EQ(proxy_from_environment().no_proxy, "x");
  ::setenv("https_proxy", "http://b:2", 1);
  ::setenv("no_proxy", "y", 1);
  EXPECT_EQ(proxy_from_environment().https_proxy, "http://b:2");
  EXPECT_EQ(proxy_from_environment().no_proxy, "y");
}

TEST_F(ProxyEnvironmentTest, NothingSetIsEmpty) {
  EXPECT_EQ(proxy_from_environment().https_proxy, "");
  EXPECT_EQ(proxy_from_environment().no_proxy, "");
}

}  // namespace
}  // namespace sas::http
