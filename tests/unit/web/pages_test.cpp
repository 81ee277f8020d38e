// SPDX-License-Identifier: Apache-2.0
#include "web/pages.hpp"

#include <gtest/gtest.h>

namespace sas::web {
namespace {

TEST(Pages, EscapedTextHoldsNothingThatHtmlWouldActOn) {
  EXPECT_EQ(escape_html(R"(<a href="x">'&amp;'</a>)"),
            "&lt;a href=&quot;x&quot;&gt;&#39;&amp;amp;&#39;&lt;/a&gt;");
  EXPECT_EQ(escape_html("plain, 漢字 too"), "plain, 漢字 too");
}

TEST(Pages, LandingPageNamesVersionAndLinksToEverything) {
  Site site;
  site.version = "1.2.3";
  site.paths.telemetry = "/own/metrics";
  const std::string page = landing_page(site);
  EXPECT_NE(page.find("sas-operation-exporter"), page.npos);
  EXPECT_NE(page.find("Version 1.2.3."), page.npos);
  for (const char* link : {R"(href="/own/metrics")", R"(href="/-/healthy")", R"(href="/-/ready")"}) {
    EXPECT_NE(page.find(link), page.npos) << link;
  }
}

TEST(Pages, LinksGoByWhatTheClientSees) {
  Site site;
  site.paths.route_prefix = "/inner";
  site.paths.link_prefix = "/sas";
  const std::string page = landing_page(site);
  for (const char* link : {R"(href="/sas/metrics")", R"(href="/sas/-/healthy")", R"(href="/sas/-/ready")"})
    EXPECT_NE(page.find(link), page.npos) << link;
  EXPECT_EQ(page.find("inner"), page.npos);
}

TEST(Pages, LandingPageEscapesWhatItIsGiven) {
  Site site;
  site.version = "<script>";
  site.paths.telemetry = "/\"><script>";
  EXPECT_EQ(landing_page(site).find("<script>"), std::string::npos);
}

}  // namespace
}  // namespace sas::web
