// SPDX-License-Identifier: Apache-2.0
#include "web/bcrypt.hpp"

#include <memory>
#include <string>
#include <string_view>

#include <crypt.h>
#include <openssl/crypto.h>
#include <string.h>  // explicit_bzero

namespace sas::web {

bool is_password_of(const Secret& password, const Secret& hash) {
  struct Room {
    crypt_data data{};
    ~Room() { ::explicit_bzero(&data, sizeof data); }
  };
  const auto room = std::make_unique<Room>();                  // 32 KiB
  const Secret phrase(std::string(password.reveal()) + '\0');  // crypt_r wants the end marked
  const Secret setting(std::string(hash.reveal()) + '\0');
  const char* const made = ::crypt_r(phrase.reveal().data(), setting.reveal().data(), &room->data);
  // What cannot be hashed comes back as a null pointer or as a text that no hash is equal to.
  const std::string_view found = made == nullptr ? std::string_view() : std::string_view(made);
  const bool is_equal = found.size() == hash.reveal().size() &&
                        ::CRYPTO_memcmp(found.data(), hash.reveal().data(), found.size()) == 0;
  return is_equal && password.reveal().find('\0') == std::string_view::npos;
}

}  // namespace sas::web
