// SPDX-License-Identifier: Apache-2.0
#include "credentials/external_process.hpp"

#include <utility>

#include <fmt/format.h>

#include "credentials/secret_json.hpp"
#include "credentials/split_command.hpp"
#include "credentials/variables.hpp"

namespace sas::credentials {
namespace {

constexpr KeyFields kFields{.id = "access_key_id",
                            .secret = "access_key_secret",
                            .security_token = "sts_token",
                            .expiration = "expiration"};

Result<AccessKey> read(const Secret& output, const std::string& program) {
  const std::string where = fmt::format("process_command {}: what it prints", program);
  const SecretJson json(output.reveal());
  if (json.object() == nullptr) return not_configured(fmt::format("{} is no JSON object", where));
  const std::string mode = text_of(*json.object(), "mode");
  if (!mode.empty() && mode != "AK" && mode != "StsToken")
    return not_configured(fmt::format("{} has a mode that is not supported; AK and StsToken are", where));
  if (mode == "StsToken" && text_of(*json.object(), kFields.security_token).empty())
    return not_configured(fmt::format("{} has mode StsToken and no sts_token", where));
  return key_of(*json.object(), where, kFields);
}

}  // namespace

ExternalProcess::ExternalProcess(std::string command, ProcessLimits limits)
    : command_(std::move(command)), limits_(limits) {}

asio::awaitable<Result<AccessKey>> ExternalProcess::get() {
  const Result<std::vector<std::string>> words = split_command(command_);
  if (!words) co_return words.error();
  const Result<Secret> output = co_await run_process(*words, limits_);
  if (!output) co_return output.error();
  co_return read(*output, words->front());
}

}  // namespace sas::credentials
