// SPDX-License-Identifier: Apache-2.0
#include "simulator/service/service.hpp"

#include <iterator>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include <boost/algorithm/string/predicate.hpp>
#include <fmt/format.h>

#include "simulator/service/answer_text.hpp"
#include "simulator/service/query.hpp"
#include "simulator/world/random.hpp"

namespace sas::simulator {
namespace {

constexpr std::string_view kOk = "OK";
constexpr std::string_view kJson = "application/json;charset=utf-8";

std::string request_id(std::uint64_t seed, std::uint64_t serial) {
  const std::uint64_t high = combine(seed, 2 * serial);
  const std::uint64_t low = combine(seed, 2 * serial + 1);
  return fmt::format("{:08X}-{:04X}-{:04X}-{:04X}-{:012X}", high >> 32U, (high >> 16U) & 0xffffU,
                     high & 0xffffU, low >> 48U, low & 0xffffffffffffU);
}

std::string header_text(const Request& request, std::string_view name) {
  return std::string(find_header(request, name).value_or(""));
}

/// Of the query and, as the gateway takes for other actions, of a form in the body.
std::optional<Parameters> parameters_of(const Request& request) {
  auto parameters = parse_parameters(query_of(request.target));
  const std::string_view type = find_header(request, "content-type").value_or("");
  if (!parameters || !boost::algorithm::istarts_with(type, "application/x-www-form-urlencoded"))
    return parameters;
  auto form = parse_parameters(request.body);
  if (!form) return std::nullopt;
  parameters->insert(parameters->end(), std::make_move_iterator(form->begin()),
                     std::make_move_iterator(form->end()));
  return parameters;
}

std::optional<ApiError> unknown_api(const Request& request) {
  const std::string action = header_text(request, "x-acs-action");
  const std::string version = header_text(request, "x-acs-version");
  const bool known = (action == kList || action == kDetail) && version == kVersion;
  if (known && path_of(request.target) == "/") return std::nullopt;
  return api_error("InvalidApi.NotFound", fmt::format("Action '{}', version '{}', path '{}'.", action,
                                                      version, path_of(request.target)));
}

}  // namespace

Service::Service(Scenario scenario, std::uint64_t seed, Time start, std::vector<AccessKey> keys)
    : scenario_(std::move(scenario)),
      seed_(seed),
      world_(scenario_.world, seed, start),
      signatures_(std::move(keys)),
      faults_(scenario_.faults, seed) {}

Answer Service::handle(const Request& request, const Now& now, Exchange& exchange) {
  exchange.request_id = request_id(seed_, ++serial_);
  exchange.action = header_text(request, "x-acs-action");
  exchange.query = query_of(request.target);
  exchange.nonce = header_text(request, "x-acs-signature-nonce");
  if (const auto authorization = parse_authorization(find_header(request, "authorization").value_or(""))) {
    exchange.key_id = authorization->credential;
  }
  host_ = header_text(request, "host");
  Answer answer = decide(request, now, exchange);
  exchange.status = answer.status;
  const bool known = exchange.action == kList || exchange.action == kDetail;
  ++counts_.requests[known ? exchange.action : "other"][exchange.code.empty() ? "none" : exchange.code];
  for (const std::string& fault : exchange.faults)
    ++counts_.faults[fault];
  return answer;
}

Answer Service::decide(const Request& request, const Now& now, Exchange& exchange) {
  if (auto error = unknown_api(request)) return refuse(*error, exchange);
  if (auto error = signatures_.refusal(request, service_time(now.real))) return refuse(*error, exchange);
  CallCounter& calls = calls_[exchange.key_id + " " + exchange.action];
  if (!calls.admit(now.real, scenario_.service.calls_per_second)) {
    ApiError throttled = api_error("Throttling.User");
    throttled.retry_after = scenario_.service.retry_after;
    return refuse(throttled, exchange);
  }
  const auto parameters = parameters_of(request);
  if (!parameters) return refuse(api_error("CspmParamIllegal", "The form cannot be read."), exchange);
  return exchange.action == kList ? serve_list(*parameters, now, exchange)
                                  : serve_detail(*parameters, now, exchange);
}

Faults Service::strike(std::int32_t page, const Now& now, Exchange& exchange) {
  const auto elapsed = now.simulated - world_.start();
  Faults struck = faults_.strike({.action = exchange.action, .page = page, .elapsed = elapsed});
  for (const Fault* fault : struck)
    exchange.faults.emplace_back(to_string(fault->kind));
  return struck;
}

Answer Service::serve_list(const Parameters& parameters, const Now& now, Exchange& exchange) {
  const auto query = read_list_query(parameters);
  if (const auto* error = std::get_if<ApiError>(&query)) return refuse(*error, exchange);
  const auto& asked = std::get<ListQuery>(query);
  const Faults struck = strike(asked.current_page, now, exchange);
  if (const Fault* fault = instead_of_a_page(struck)) return finish(fault_answer(*fault, exchange), struck);
  if (const auto fixed = scenario_.answers.find(exchange.action); fixed != scenario_.answers.end()) {
    exchange.request_id = fixed->second.request_id;
    return finish(page_answer(fixed->second.body, exchange), struck);
  }
  const TaskPage page = page_with(struck, world_, asked, now.simulated, serial_);
  const Style style = style_with(struck, scenario_.world.unfinished_times);
  return finish(page_answer(to_json(page, exchange.request_id, style), exchange), struck);
}

Answer Service::serve_detail(const Parameters& parameters, const Now& now, Exchange& exchange) {
  const auto query = read_detail_query(parameters);
  if (const auto* error = std::get_if<ApiError>(&query)) return refuse(*error, exchange);
  const auto& asked = std::get<DetailQuery>(query);
  const Faults struck = strike(asked.current_page, now, exchange);
  if (const Fault* fault = instead_of_a_page(struck)) return finish(fault_answer(*fault, exchange), struck);
  if (const auto fixed = scenario_.answers.find(exchange.action); fixed != scenario_.answers.end()) {
    exchange.request_id = fixed->second.request_id;
    return finish(page_answer(fixed->second.body, exchange), struck);
  }
  const SubtaskPage page = world_.details(asked, now.simulated);
  const Style style = style_with(struck, scenario_.world.unfinished_times);
  return finish(page_answer(to_json(page, exchange.request_id, style), exchange), struck);
}

Answer Service::page_answer(std::string body, Exchange& exchange) {
  exchange.code = kOk;
  Answer answer;
  answer.content_type = kJson;
  answer.request_id = exchange.request_id;
  answer.body = std::move(body);
  return answer;
}

Answer Service::fault_answer(const Fault& fault, Exchange& exchange) const {
  return fault.kind == FaultKind::error ? refuse(error_of(fault), exchange) : gateway_answer(fault);
}

Answer Service::refuse(const ApiError& error, Exchange& exchange) const {
  exchange.code = error.code;
  Answer answer;
  answer.status = error.status;
  answer.content_type = kJson;
  answer.request_id = exchange.request_id;
  if (error.retry_after) {
    answer.headers.push_back({"x-acs-retry-after", fmt::format("{}", error.retry_after->count())});
  }
  answer.body = error_body(error, exchange.request_id, host_);
  return answer;
}

Answer Service::finish(Answer answer, const Faults& faults) {
  spoil(faults, answer);
  return answer;
}

const Counts& Service::counts() {
  for (const auto& [caller, calls] : calls_)
    counts_.most_calls_in_a_second[caller] = calls.most();
  return counts_;
}

}  // namespace sas::simulator
