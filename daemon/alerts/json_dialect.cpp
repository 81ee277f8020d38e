// SPDX-License-Identifier: Apache-2.0
// One piece a request, as JSON; any answer with 2xx is a yes.
#include <utility>

#include "alerts/answer.hpp"
#include "alerts/dialect.hpp"
#include "alerts/event_json.hpp"

namespace sas::alerts {
namespace {

class JsonDialect final : public Dialect {
 public:
  explicit JsonDialect(std::string runbooks) : runbooks_(std::move(runbooks)) {}

  [[nodiscard]] Habits habits() const override { return {.at_once = 1, .between = Milliseconds{0}}; }

  [[nodiscard]] http::Request write(const Batch& batch, const Access& access, Time) const override {
    const Piece& piece = *batch.front();
    http::Request request{.method = "POST", .url = std::string(access.url.reveal())};
    request.headers = {{.name = "Content-Type", .value = "application/json"},
                       {.name = "Idempotency-Key", .value = idempotency_key(piece)}};
    request.body = event_json(piece, runbooks_);
    return request;
  }

  [[nodiscard]] Result<void> read(const http::Response& response, Time now) const override {
    return judge(response, now);
  }

 private:
  std::string runbooks_;
};

}  // namespace

std::unique_ptr<Dialect> make_json_dialect(std::string runbooks) {
  return std::make_unique<JsonDialect>(std::move(runbooks));
}

}  // namespace sas::alerts
