// SPDX-License-Identifier: Apache-2.0
#pragma once
// Two users of the lowest costs that bcrypt has, so that tests take no time.

#include <string>

#include "settings/web_config.hpp"

namespace sas::web {

inline const settings::User kAlice{
    .name = "alice",
    .hash = Secret(std::string("$2y$04$CCCCCCCCCCCCCCCCCCCCC.tb9ZRPtQoXgYQcNBxs6OhZzWaaraJwy"))};  // hunter2
inline const settings::User kBob{
    .name = "bob",
    .hash =
        Secret(std::string("$2b$05$DCCCCCCCCCCCCCCCCCCCC.C0fkBnEJx.7z9DJN.sMHScyVXOHvM4u"))};  // swordfish

}  // namespace sas::web
