// SPDX-License-Identifier: Apache-2.0
#include "base/secret.hpp"

#include <ostream>
#include <utility>

#include <string.h>  // explicit_bzero

namespace sas {
namespace {

void wipe(std::string& text) {
  text.resize(text.capacity());  // a move or an assignment may have left more behind than size() tells
  ::explicit_bzero(text.data(), text.size());
  text.clear();
}

}  // namespace

Secret::Secret(std::string text) noexcept : text_(std::move(text)) {
  wipe(text);
}

Secret::Secret(const Secret& other) = default;

Secret::Secret(Secret&& other) noexcept : text_(std::move(other.text_)) {
  wipe(other.text_);
}

Secret& Secret::operator=(Secret other) noexcept {
  std::swap(text_, other.text_);
  return *this;
}

Secret::~Secret() {
  wipe(text_);
}

std::ostream& operator<<(std::ostream& out, const Secret&) {
  return out << "***";
}

}  // namespace sas
