// SPDX-License-Identifier: Apache-2.0
#include "cloud/signed_operations_source.hpp"

#include <string_view>
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
    co_return co_await ask<tasks::Page>(api::kListOperationProcess, query, decoder_);
  }

  asio::awaitable<Result<tasks::SubtaskPage>> list_details(
      const api::ListOperationProcessDetailRequest& request) override {
    const api::Query query = api::encode(request);
    co_return co_await ask<tasks::SubtaskPage>(api::kListOperationProcessDetail, query, detail_decoder_);
  }

 private:
  template <class Page, class Decoder>
  asio::awaitable<Result<Page>> ask(std::string_view action, const api::Query& query, Decoder& decoder) {
    Page page;
    const SignedClient::Reader read = [&decoder, &page](std::string_view body) -> Result<void> {
      Result<Page> decoded = decoder.decode(body);
      if (!decoded) return decoded.error();
      page = std::move(*decoded);
      return {};
    };
    const Result<void> called = co_await client_.call(action, query, read);
    if (!called) co_return called.error();
    co_return std::move(page);
  }

  SignedClient client_;
  api::ListOperationProcessDecoder decoder_;
  api::ListOperationProcessDetailDecoder detail_decoder_;
};

}  // namespace

std::unique_ptr<OperationsSource> make_operations_source(CallSettings settings,
                                                         std::shared_ptr<credentials::Provider> credentials,
                                                         Surroundings surroundings) {
  return std::make_unique<SignedOperationsSource>(std::move(settings), std::move(credentials),
                                                  std::move(surroundings));
}

}  // namespace sas::cloud
