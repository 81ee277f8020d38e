// SPDX-License-Identifier: Apache-2.0
#include "cloud/signed_operations_source.hpp"

#include <utility>

namespace sas::cloud {
namespace {

class SignedOperationsSource final : public OperationsSource {
 public:
  SignedOperationsSource(CallSettings settings, std::shared_ptr<credentials::Provider> credentials,
                         Surroundings surroundings)
      : client_(std::move(settings), std::move(credentials), std::move(surroundings)) {}

  asio::awaitable<Result<tasks::Page>> list(const api::ListOperationProcessRequest& request) override {
    const api::Query query = api::encode(request);
    tasks::Page page;
    const SignedClient::Reader read = [this, &page](std::string_view body) -> Result<void> {
      Result<tasks::Page> decoded = decoder_.decode(body);
      if (!decoded) return decoded.error();
      page = std::move(*decoded);
      return {};
    };
    const Result<void> called = co_await client_.call(api::kListOperationProcess, query, read);
    if (!called) co_return called.error();
    co_return std::move(page);
  }

 private:
  SignedClient client_;
  api::ListOperationProcessDecoder decoder_;
};

}  // namespace

std::unique_ptr<OperationsSource> make_operations_source(CallSettings settings,
                                                         std::shared_ptr<credentials::Provider> credentials,
                                                         Surroundings surroundings) {
  return std::make_unique<SignedOperationsSource>(std::move(settings), std::move(credentials),
                                                  std::move(surroundings));
}

}  // namespace sas::cloud
