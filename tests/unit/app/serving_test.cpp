// SPDX-License-Identifier: Apache-2.0
#include "app/serving.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/temporary_folder.hpp"

namespace sas::app {
namespace {

TEST(Serving, TheServerIsSetUpAsTheSettingsSay) {
  settings::Web web;
  web.listen_address = {":1", "[::1]:2"};
  web.systemd_socket = true;
  web.telemetry_path = "/m";
  web.external_url = "https://a.example/sas";
  web.route_prefix = "/";
  web.health_without_auth = true;
  EXPECT_THAT(server_settings(web).listen_addresses, testing::ElementsAre(":1", "[::1]:2"));
  EXPECT_TRUE(server_settings(web).systemd_socket);
  EXPECT_EQ(paths(web).telemetry, "/m");
  EXPECT_EQ(paths(web).link_prefix, "/sas");
  EXPECT_EQ(paths(web).route_prefix, "");
  EXPECT_TRUE(paths(web).health_without_auth);
}

TEST(Serving, MistakesOfTheWebConfigurationAreLines) {
  const support::TemporaryFolder folder;
  settings::Settings settings;
  EXPECT_EQ(web_config_mistakes(settings), std::nullopt);
  settings.web.config_file = folder.path("web.yml");
  folder.write("web.yml", "zoo: 1\n");
  const auto mistakes = web_config_mistakes(settings);
  ASSERT_TRUE(mistakes.has_value());
  EXPECT_THAT(*mistakes, testing::AllOf(testing::HasSubstr("web.yml:1:1: zoo: "), testing::EndsWith("\n")));
  folder.write("web.yml", "{}");
  EXPECT_EQ(web_config_mistakes(settings), std::nullopt);
}

}  // namespace
}  // namespace sas::app
