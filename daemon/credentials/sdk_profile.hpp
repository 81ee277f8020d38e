// SPDX-License-Identifier: Apache-2.0
#pragma once
// One profile of the official SDKs' ~/.alibabacloud/credentials, an ini file.

#include <map>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace sas::credentials {

/// Key and value of each line of a section. Values are all kept as secrets, since some are.
using SdkProfile = std::map<std::string, Secret, std::less<>>;

/// The section of that name, read as the SDKs' ini readers do: `#` and `;` begin a comment, also where they
/// touch a value, unless it is quoted or a backslash stands before them. Errors name the file, and the line
/// or the sections that there are.
Result<SdkProfile> find_sdk_profile(std::string_view ini, std::string_view name, const std::string& file);

}  // namespace sas::credentials
