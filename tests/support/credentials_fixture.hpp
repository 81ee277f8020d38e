// SPDX-License-Identifier: Apache-2.0
#pragma once
// What providers need, on virtual time: a cloud, an environment, files, and a record of what they tell.

#include <memory>
#include <string>
#include <vector>

#include "credentials/refreshing.hpp"
#include "credentials/surroundings.hpp"
#include "support/fake_cloud.hpp"
#include "support/temporary_folder.hpp"
#include "support/variables.hpp"
#include "support/virtual_time.hpp"

namespace sas::support {

class CredentialsFixture : public VirtualTime {
 public:
  credentials::Surroundings surroundings() {
    return {
        .executor = executor(),
        .http = cloud,
        .fetches = fetches,
        .random = [] { return 0.5; },
        .variables = variables(set),
        .observer = {.fetched =
                         [this](std::string_view provider, const Result<AccessKey>& outcome) {
                           told.push_back(std::string(provider) + (outcome ? " ok" : " failed"));
                         },
                     .chosen =
                         [this](std::string_view provider, std::span<const credentials::PassedOver> over) {
                           chosen.emplace_back(provider);
                           passed_over.assign(over.begin(), over.end());
                         },
                     .none =
                         [this](std::span<const credentials::PassedOver> over) {
                           passed_over.assign(over.begin(), over.end());
                         }}};
  }

  template <class Provider>
  std::unique_ptr<credentials::Refreshing> refreshing(std::unique_ptr<Provider> source) {
    return std::make_unique<credentials::Refreshing>(std::move(source), surroundings());
  }

  Result<AccessKey> get(credentials::Provider& provider) { return await(provider.get()); }

  /// The message of the error; a failure of the test where there is a key.
  std::string error_of(credentials::Provider& provider) {
    const Result<AccessKey> key = get(provider);
    EXPECT_FALSE(key);
    return key ? std::string{} : key.error().message;
  }

  FakeCloud cloud;
  runtime::TaskGroup fetches{executor(), [](const std::string& name, const std::exception_ptr&) {
                               ADD_FAILURE() << name << " ended by an exception";
                             }};
  std::map<std::string, std::string> set;  // the environment
  TemporaryFolder folder;
  std::vector<std::string> told;
  std::vector<std::string> chosen;
  std::vector<credentials::PassedOver> passed_over;
};

inline Error unreachable() {
  return {.kind = ErrorKind::retry, .cause = ErrorCause::transport, .message = "connecting to x: no route"};
}

}  // namespace sas::support
