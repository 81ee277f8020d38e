// SPDX-License-Identifier: Apache-2.0
#pragma once
// The places where temporary keys come from, as one HTTP client: STS, which checks signatures with the
// simulator's own code, an ECS instance's metadata service, and an address that serves credentials. On
// virtual time, and down where a test says so.

#include <map>
#include <string>
#include <vector>

#include "http/client.hpp"
#include "simulator/service/message.hpp"
#include "simulator/service/signature_check.hpp"

namespace sas::support {

class FakeCloud final : public http::Client {
 public:
  FakeCloud();
  boost::asio::awaitable<Result<http::Response>> exchange(const http::Request& request) override;

  // Whoever may sign, and what there is to be had.
  std::vector<AccessKey> keys{{.id = "LTAI1", .secret = Secret("s3cret")}};
  std::map<std::string, std::string> oidc_tokens{{"the-token", "acs:ram::1:oidc-provider/p"}};
  std::string ecs_role = "node";  // empty: the instance has none
  bool has_v2 = true;             // the metadata service gives tokens
  bool takes_tokens = true;       // and answers with one
  bool has_v1 = true;             // and without
  std::string uri_body =
      R"({"AccessKeyId":"URI1","AccessKeySecret":"uri-s3cret","SecurityToken":"uri-t0ken",)"
      R"("Expiration":"2026-01-02T04:04:05Z"})";
  std::string identity_body =
      R"({"IdentityType":"RAMUser","AccountId":"1","PrincipalId":"2","Arn":"acs:ram::1:user/reader"})";

  // How it behaves.
  Milliseconds life{3'600'000};  // of the metadata service's keys; sessions last as long as is asked
  Milliseconds latency{10};
  Milliseconds clock_ahead{0};                   // STS's clock before ours
  std::map<std::string, Error> down;             // by host: no answer but this
  std::map<std::string, http::Response> broken;  // by host: this answer, whatever is asked

  // What was asked.
  std::vector<http::Request> requests;
  [[nodiscard]] std::size_t count(const std::string& part_of_url) const;

 private:
  http::Response answer(const http::Request& request, const std::string& host, const std::string& target);
  http::Response metadata(const http::Request& request, const std::string& target);
  http::Response sts(const http::Request& request, const std::string& host, const std::string& target);
  http::Response session(const std::map<std::string, std::string>& parameters);
  http::Response refusal(unsigned status, const std::string& code);

  simulator::SignatureCheck check_;
  std::vector<AccessKey> known_keys_;  // that check_ was made of
  int issued_ = 0;
};

}  // namespace sas::support
