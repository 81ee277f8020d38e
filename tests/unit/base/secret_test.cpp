// SPDX-License-Identifier: Apache-2.0
#include "base/secret.hpp"

#include <array>
#include <cstdlib>
#include <new>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>
#include <malloc.h>

namespace sas {
namespace {

std::size_t freed_with_marker = 0;

// Counts what is given back with the beginning of kText in it.
void look(void* memory) {
  constexpr std::string_view kMarker = "a secret that is longer";
  const std::string_view bytes(static_cast<char*>(memory), ::malloc_usable_size(memory));
  if (bytes.find(kMarker) != std::string_view::npos) ++freed_with_marker;
}

// Long enough not to live inside the string object, so that moving it moves its memory.
const std::string kText = "a secret that is longer than a short string";

TEST(Secret, IsPrintedAsStars) {
  std::ostringstream out;
  out << Secret{kText} << Secret{};
  EXPECT_EQ(out.str(), "******");
}

TEST(Secret, IsRevealedOnlyOnRequest) {
  EXPECT_EQ(Secret{kText}.reveal(), kText);
  EXPECT_TRUE(Secret{}.empty());
  EXPECT_FALSE(Secret{kText}.empty());
}

TEST(Secret, CopiesAreEqualAndIndependent) {
  Secret original{kText};
  const Secret copy = original;
  EXPECT_EQ(copy, original);
  original = Secret{"other"};
  EXPECT_EQ(copy.reveal(), kText);
  EXPECT_NE(copy, original);
}

TEST(Secret, NothingIsLeftBehindByAMove) {
  for (const std::string& text : {kText, std::string{"short"}}) {
    Secret original{text};
    const Secret moved = std::move(original);
    EXPECT_EQ(moved.reveal(), text);
    EXPECT_TRUE(original.empty());  // NOLINT: that is what is tested
  }
}

TEST(Secret, AssigningToItselfKeepsIt) {
  Secret secret{kText};
  const Secret& same = secret;
  secret = same;
  EXPECT_EQ(secret.reveal(), kText);
}

TEST(Secret, TheTextItWasMadeOfIsEmptied) {
  std::string text = "short";
  const Secret secret{std::move(text)};
  EXPECT_EQ(secret.reveal(), "short");
  EXPECT_TRUE(text.empty());  // NOLINT
}

// What is left at a place where a secret was, which is short enough to live inside the object.
std::string left_of(void (*use)(Secret&)) {
  alignas(Secret) std::array<char, sizeof(Secret)> place{};
  auto* const secret = new (place.data()) Secret{std::string{"hunter2"}};
  use(*secret);
  secret->~Secret();
  return {place.begin(), place.end()};
}

TEST(Secret, ItsMemoryIsWipedWhenItGoes) {
  EXPECT_EQ(left_of([](Secret&) {}).find("hunter2"), std::string::npos);
}

TEST(Secret, ItsMemoryIsWipedWhenItIsMovedFrom) {
  alignas(Secret) std::array<char, sizeof(Secret)> place{};
  auto* const secret = new (place.data()) Secret{std::string{"hunter2"}};
  const Secret taken = std::move(*secret);
  EXPECT_EQ(std::string(place.begin(), place.end()).find("hunter2"), std::string::npos);
  EXPECT_EQ(taken.reveal(), "hunter2");
  secret->~Secret();
}

// The same of one whose text lies elsewhere: seen by whoever is given the memory back.
TEST(Secret, MemoryThatIsGivenBackIsWiped) {
  std::string other = kText + kText;
  const std::size_t before = freed_with_marker;
  {
    Secret secret{kText};
    const Secret copy = secret;
    secret = Secret{std::move(other)};
    const Secret moved = std::move(secret);
  }
  EXPECT_EQ(freed_with_marker, before);
  { const std::string bare = kText; }
  EXPECT_EQ(freed_with_marker, before + 1) << "would not have been noticed";
}

}  // namespace
}  // namespace sas

void* operator new(std::size_t size) {
  void* const memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

void operator delete(void* memory) noexcept {
  if (memory != nullptr) sas::look(memory);
  std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
  ::operator delete(memory);
}
