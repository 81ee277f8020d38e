// SPDX-License-Identifier: Apache-2.0
#include "credentials/static_key.hpp"

#include <utility>

namespace sas::credentials {

StaticKey::StaticKey(AccessKey key) : key_(std::move(key)) {}

asio::awaitable<Result<AccessKey>> StaticKey::get() {
  co_return key_;
}

}  // namespace sas::credentials
