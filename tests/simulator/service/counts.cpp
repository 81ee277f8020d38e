// SPDX-License-Identifier: Apache-2.0
#include "simulator/service/counts.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>

namespace sas::simulator {
namespace {

namespace json = boost::json;

json::object times(const Now& now) {
  return {{"real_now", now.real.time_since_epoch().count()},
          {"simulated_now", now.simulated.time_since_epoch().count()}};
}

}  // namespace

std::string to_json(const Exchange& exchange, const Now& now) {
  json::object line = times(now);
  line["action"] = exchange.action;
  line["key_id"] = exchange.key_id;
  line["query"] = exchange.query;
  line["nonce"] = exchange.nonce;
  line["request_id"] = exchange.request_id;
  line["status"] = exchange.status;
  line["code"] = exchange.code;
  line["faults"] = json::value_from(exchange.faults);
  return json::serialize(line);
}

std::string to_json(const Counts& counts, const Now& now) {
  json::object status = times(now);
  status["requests"] = json::value_from(counts.requests);
  status["faults"] = json::value_from(counts.faults);
  status["most_calls_in_a_second"] = json::value_from(counts.most_calls_in_a_second);
  return json::serialize(status);
}

}  // namespace sas::simulator
