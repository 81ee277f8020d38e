// SPDX-License-Identifier: Apache-2.0
#pragma once
// The way to the simulated service without sockets: a request takes a while to arrive and its answer another
// while to come back, in virtual time, and what the scenario does to answers happens to them.

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "http/client.hpp"
#include "runtime/timer.hpp"
#include "simulator/service/service.hpp"

namespace sas::flow {

class DirectClient final : public http::Client {
 public:
  DirectClient(simulator::Service& service, std::uint64_t seed, Milliseconds longest_way)
      : service_(service), random_(seed), longest_way_(longest_way) {}

  boost::asio::awaitable<Result<http::Response>> exchange(const http::Request& request) override {
    // All waits here are of virtual time, which the test moves: nothing sleeps.
    co_await runtime::sleep_for(way());
    counted.push_back(runtime::wall_now());
    simulator::Exchange exchange;
    const simulator::Now now{.real = runtime::wall_now(), .simulated = runtime::wall_now()};
    const simulator::Answer answer = service_.handle(received(request), now, exchange);
    if (answer.delivery.hang || answer.delivery.delay >= request.timeout) {
      co_await runtime::sleep_for(request.timeout);
      co_return broken(ErrorCause::timeout);
    }
    co_await runtime::sleep_for(answer.delivery.delay + way());
    if (answer.delivery.reset || answer.delivery.cut_at) co_return broken(ErrorCause::transport);
    co_return response(answer);
  }

  std::vector<Time> counted;  // when the service counted each call

 private:
  Milliseconds way() {
    return Milliseconds{std::uniform_int_distribution<std::int64_t>(1, longest_way_.count())(random_)};
  }

  static simulator::Request received(const http::Request& request) {
    const std::size_t path = request.url.find('/', std::string_view("https://").size());
    simulator::Request received{
        .method = request.method, .target = request.url.substr(path), .headers = {}, .body = request.body};
    for (const http::Header& header : request.headers)
      received.headers.push_back({.name = header.name, .value = header.value});
    return received;
  }

  http::Response response(const simulator::Answer& answer) {
    http::Response response{.status = answer.status, .headers = {}, .body = answer.body};
    response.headers = {
        {.name = "Content-Type", .value = answer.content_type},
        {.name = "x-acs-request-id", .value = answer.request_id},
        {.name = "Date", .value = simulator::http_date(service_.service_time(runtime::wall_now()))}};
    for (const simulator::Header& header : answer.headers)
      response.headers.push_back({.name = header.name, .value = header.value});
    return response;
  }

  static Error broken(ErrorCause cause) {
    return {.kind = ErrorKind::retry, .cause = cause, .message = "the simulated network broke"};
  }

  simulator::Service& service_;
  std::mt19937_64 random_;
  Milliseconds longest_way_;
};

}  // namespace sas::flow
