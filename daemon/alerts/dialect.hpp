// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a webhook's receiver understands: how to write to it, and how to read its answer.

#include <memory>
#include <string>

#include "alerts/delivery_queue.hpp"
#include "alerts/piece.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"
#include "http/client.hpp"

namespace sas::alerts {

struct Access {
  Secret url;
  Secret secret;  // to sign with; empty: unsigned
};

class Dialect {
 public:
  virtual ~Dialect() = default;

  [[nodiscard]] virtual Habits habits() const = 0;

  /// The request with URL and body, and the headers that no other dialect has.
  [[nodiscard]] virtual http::Request write(const Batch& batch, const Access& access, Time now) const = 0;

  /// Whether an answer means that it was taken; else why not, as judge() tells.
  [[nodiscard]] virtual Result<void> read(const http::Response& response, Time now) const = 0;
};

/// `runbooks`: prefix of the addresses of the runbooks; empty: none are named.
std::unique_ptr<Dialect> make_json_dialect(std::string runbooks);
std::unique_ptr<Dialect> make_dingtalk_dialect(std::string runbooks);
std::unique_ptr<Dialect> make_feishu_dialect(std::string runbooks);

}  // namespace sas::alerts
