// SPDX-License-Identifier: Apache-2.0
#include "alerts/webhook_sink.hpp"

#include <utility>
#include <variant>

#include "alerts/answer.hpp"
#include "alerts/bearer.hpp"
#include "alerts/delivery_queue.hpp"
#include "alerts/dialect.hpp"
#include "alerts/secret_value.hpp"
#include "http/url.hpp"
#include "runtime/clock.hpp"

namespace sas::alerts {
namespace {

std::unique_ptr<Dialect> make_dialect(const WebhookSettings& settings) {
  switch (settings.format) {
    case WebhookFormat::json:
      break;
    case WebhookFormat::dingtalk:
      return make_dingtalk_dialect(settings.runbook_url);
    case WebhookFormat::feishu:
      return make_feishu_dialect(settings.runbook_url);
  }
  return make_json_dialect(settings.runbook_url);
}

// What may change from one attempt to the next.
class WebhookCarrier final : public Carrier {
 public:
  WebhookCarrier(const WebhookSettings& settings, http::Client& http)
      : url_(settings.url, settings.url_file),
        secret_(settings.secret, settings.secret_file),
        bearer_token_(settings.bearer_token, settings.bearer_token_file),
        ca_file_(settings.ca_file),
        dialect_(make_dialect(settings)),
        http_(http) {}

  [[nodiscard]] Habits habits() const { return dialect_->habits(); }

  asio::awaitable<Result<void>> carry(const Batch& batch) override {
    const Result<http::Request> request = write(batch);
    if (!request) co_return request.error();
    const Result<http::Response> response = co_await http_.exchange(*request);
    if (!response) co_return no_answer(response.error());
    co_return dialect_->read(*response, runtime::wall_now());
  }

 private:
  // What is wrong with files and settings may be mended while the news waits.
  Result<http::Request> write(const Batch& batch) {
    Result<Secret> url = url_.read();
    if (!url) return later(url.error());
    Result<Secret> secret = secret_.read();
    if (!secret) return later(secret.error());
    const Result<Secret> token = bearer_token_.read();
    if (!token) return later(token.error());
    if (const Result<http::Url> parsed = http::parse_url(url->reveal()); !parsed)
      return later(parsed.error());
    const Access access{.url = std::move(*url), .secret = std::move(*secret)};
    http::Request request = dialect_->write(batch, access, runtime::wall_now());
    authorize(request, *token);
    request.ca_file = ca_file_;
    request.timeout = DeliveryQueue::kDeadline;
    return request;
  }

  static Error later(Error error) {
    error.kind = ErrorKind::retry;
    return error;
  }

  SecretValue url_;
  SecretValue secret_;
  SecretValue bearer_token_;
  std::string ca_file_;
  std::unique_ptr<Dialect> dialect_;
  http::Client& http_;
};

class WebhookSink final : public Sink {
 public:
  WebhookSink(const WebhookSettings& settings, Surroundings surroundings)
      : name_(settings.name),
        transitions_(settings.transitions),
        carrier_(settings, surroundings.http),
        queue_(settings.name, carrier_, carrier_.habits(), std::move(surroundings)) {}

  [[nodiscard]] const std::string& name() const override { return name_; }

  [[nodiscard]] bool wants(const policy::Event& event) const override {
    return transitions_ || std::holds_alternative<policy::AlertChange>(event);
  }

  void tell(std::string_view target, const policy::Event& event, Taken taken) override {
    queue_.add({.target = std::string(target), .event = event}, std::move(taken));
  }

  void recall(std::string_view, const policy::FiringAlert&) override {}
  asio::awaitable<void> run() override { return queue_.run(); }
  [[nodiscard]] bool is_idle() const override { return queue_.empty(); }

 private:
  std::string name_;
  bool transitions_;
  WebhookCarrier carrier_;
  DeliveryQueue queue_;
};

}  // namespace

std::unique_ptr<Sink> make_webhook_sink(const WebhookSettings& settings, Surroundings surroundings) {
  return std::make_unique<WebhookSink>(settings, std::move(surroundings));
}

}  // namespace sas::alerts
