// SPDX-License-Identifier: Apache-2.0
#include "app/outside.hpp"

#include <random>
#include <utility>

#include <fmt/format.h>

#include "base/version.hpp"
#include "http/proxy.hpp"

namespace sas::app {

http::ClientSettings client_settings() {
  http::ProxyEnvironment proxy = http::proxy_from_environment();
  http::ClientSettings client;
  client.user_agent = fmt::format("sas-operation-exporter/{}", version());
  client.https_proxy = std::move(proxy.https_proxy);
  client.no_proxy = std::move(proxy.no_proxy);
  return client;
}

std::function<double()> make_random() {
  return [engine = std::mt19937_64(std::random_device()())]() mutable {
    return std::uniform_real_distribution<double>(0.0, 1.0)(engine);
  };
}

}  // namespace sas::app
