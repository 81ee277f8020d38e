// SPDX-License-Identifier: Apache-2.0
#pragma once
// The least that the exporter's identity has to be granted.

#include <string_view>

namespace sas::doctor {

/// A RAM policy, to the byte what ships as config/ram-policy.json. The list is asked for as a whole, which
/// only a statement about all resources covers. GetCallerIdentity needs no permission.
constexpr std::string_view kRamPolicy = R"({
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "yundun-sas:ListOperationProcess",
        "yundun-sas:ListOperationProcessDetail"
      ],
      "Resource": "*"
    }
  ]
}
)";

}  // namespace sas::doctor
