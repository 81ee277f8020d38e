// SPDX-License-Identifier: Apache-2.0
#pragma once
// Text that must not leave the process by accident: it prints as ***, and its memory is wiped when it goes.

#include <iosfwd>
#include <string>
#include <string_view>

namespace sas {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) noexcept;
  Secret(const Secret& other);
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret other) noexcept;
  ~Secret();

  /// The text itself. Call it only where the secret is used; never to show it.
  [[nodiscard]] std::string_view reveal() const noexcept { return text_; }
  [[nodiscard]] bool empty() const noexcept { return text_.empty(); }

  friend bool operator==(const Secret&, const Secret&) = default;

 private:
  std::string text_;
};

std::ostream& operator<<(std::ostream& out, const Secret& secret);

}  // namespace sas
