// SPDX-License-Identifier: Apache-2.0
#include "alerts/alertmanager_address.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "alerts/alertmanager_json.hpp"
#include "alerts/answer.hpp"
#include "alerts/bearer.hpp"
#include "http/url.hpp"
#include "policy/backoff.hpp"
#include "runtime/clock.hpp"
#include "runtime/timer.hpp"

namespace sas::alerts {
namespace {

constexpr Milliseconds kDeadline{10'000};  // of a request
constexpr std::size_t kInRequest = 500;    // alerts: half a megabyte or less

std::string endpoint_of(const std::string& base) {
  std::string url = base;
  while (url.ends_with('/'))
    url.pop_back();
  return url.append("/api/v2/alerts");
}

// Without the path and the query.
std::string shown(const std::string& url) {
  const Result<http::Url> parsed = http::parse_url(url);
  return parsed ? http::endpoint(*parsed) : std::string("an invalid address");
}

}  // namespace

AlertmanagerAddress::AlertmanagerAddress(const AlertmanagerSettings& settings, std::string url,
                                         const HeldAlerts& held, std::function<void()> on_told,
                                         const Surroundings& surroundings)
    : sink_(settings.name),
      url_(endpoint_of(url)),
      shown_(shown(url_)),
      ca_file_(settings.ca_file),
      runbooks_(settings.runbook_url),
      bearer_token_(settings.bearer_token, settings.bearer_token_file),
      held_(held),
      on_told_(std::move(on_told)),
      surroundings_(surroundings) {}

asio::awaitable<void> AlertmanagerAddress::run() {
  while (true) {
    const Instant next = due();
    if (runtime::Clock::now() < next) {
      co_await bell_.wait_until(next);
    } else {
      co_await inform();
    }
  }
}

Instant AlertmanagerAddress::due() const {
  const bool has_news = held_.newer(taken_) > 0;
  if (!has_news && !held_.any_firing()) return Instant::max();
  if (failures_ > 0) return retry_;
  return has_news ? Instant::min() : resend_;
}

// What changes meanwhile has a number of its own, and is told the next time.
asio::awaitable<void> AlertmanagerAddress::inform() {
  const std::uint64_t number = held_.number();
  const std::size_t news = held_.newer(taken_);
  const bool whole = runtime::Clock::now() >= resend_;
  const std::vector<std::string> bodies = write(whole);
  const Result<void> outcome = co_await post_all(bodies);
  if (outcome) {
    count(news, "ok");
    taken_ = number;
    if (whole) resend_ = runtime::Clock::now() + kResend;
    succeeded();
  } else {
    count(std::max<std::size_t>(news, 1), "failed");
    failed(outcome.error());
  }
  on_told_();
}

std::vector<std::string> AlertmanagerAddress::write(bool whole) const {
  const Time until = runtime::wall_now() + kEndsAfter;
  const std::vector<std::reference_wrapper<const HeldAlert>> alerts = held_.select(taken_, whole);
  std::vector<std::string> bodies;
  for (std::span left(alerts); !left.empty(); left = left.subspan(std::min(left.size(), kInRequest)))
    bodies.push_back(postable_alerts(left.first(std::min(left.size(), kInRequest)), until, runbooks_));
  return bodies;
}

asio::awaitable<Result<void>> AlertmanagerAddress::post_all(const std::vector<std::string>& bodies) {
  for (const std::string& body : bodies) {
    const Instant deadline = runtime::Clock::now() + kDeadline;
    Result<void> outcome = co_await runtime::with_deadline(post(body), deadline, "the request");
    if (!outcome) co_return outcome.error();
  }
  co_return Result<void>();
}

asio::awaitable<Result<void>> AlertmanagerAddress::post(const std::string& body) {
  const Result<Secret> token = bearer_token_.read();
  if (!token) co_return token.error();
  http::Request request{.method = "POST", .url = url_};
  request.headers = {{.name = "Content-Type", .value = "application/json"}};
  request.body = body;
  request.ca_file = ca_file_;
  request.timeout = kDeadline;
  authorize(request, *token);
  const Result<http::Response> response = co_await surroundings_.http.exchange(request);
  if (!response) co_return no_answer(response.error());
  co_return judge(*response, runtime::wall_now());
}

void AlertmanagerAddress::succeeded() {
  if (std::exchange(failures_, 0) > 0)
    surroundings_.log.info("Alertmanager takes alerts again", {{"sink", sink_}, {"address", shown_}});
}

// Whatever the answer: what fires has to be said anyway, and may be taken with the next version or setting.
void AlertmanagerAddress::failed(const Error& error) {
  if (++failures_ == 1) {
    const std::string reason = blame(error);
    surroundings_.log.warn("Alertmanager does not take alerts",
                           {{"sink", sink_}, {"address", shown_}, {"error", reason}});
  }
  const Milliseconds wait =
      error.retry_after.value_or(policy::backoff({}, failures_, surroundings_.random()));
  retry_ = runtime::Clock::now() + std::min(wait, kResend);
}

void AlertmanagerAddress::count(std::size_t times, std::string_view result) {
  for (; times > 0; --times)
    surroundings_.registry.notification(sink_, result);
}

}  // namespace sas::alerts
