// SPDX-License-Identifier: Apache-2.0
#pragma once
// The daemon's HTTP client beside real servers on real sockets.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include <unistd.h>

#include "http/client.hpp"
#include "support/http_server.hpp"
#include "support/real_sockets.hpp"

namespace sas::support {

class HttpFixture : public RealSockets {
 public:
  /// Makes the client anew, its pool empty.
  void use(http::ClientSettings settings) {
    client_ = http::make_client(context().get_executor(), std::move(settings));
  }
  http::Client& client() {
    if (!client_) use({});
    return *client_;
  }

  http::Request get(const std::string& url) {
    http::Request request;
    request.url = url;
    request.ca_file = ca_file;
    return request;
  }

  Result<http::Response> exchange(const http::Request& request) { return await(client().exchange(request)); }
  Result<http::Response> fetch(const std::string& url) {
    const http::Request request = get(url);
    return exchange(request);
  }

  /// Writes a file that goes when the test ends, and returns its path.
  std::string file(const std::string& content) {
    const auto path = folder_ / std::to_string(files_++);
    std::ofstream(path) << content;
    return path;
  }

  std::string ca_file;

 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "sas-test-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  void TearDown() override {
    client_.reset();
    std::filesystem::remove_all(folder_);
  }

 private:
  std::unique_ptr<http::Client> client_;
  std::filesystem::path folder_;
  int files_ = 0;
};

}  // namespace sas::support
