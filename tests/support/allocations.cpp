// SPDX-License-Identifier: Apache-2.0
#include "support/allocations.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

#include <malloc.h>

namespace sas::support {
namespace {

std::atomic<std::size_t> count{0};
std::atomic<std::ptrdiff_t> bytes{0};

void* taken(void* memory) noexcept {
  if (memory == nullptr) return nullptr;
  count.fetch_add(1, std::memory_order_relaxed);
  bytes.fetch_add(static_cast<std::ptrdiff_t>(::malloc_usable_size(memory)), std::memory_order_relaxed);
  return memory;
}

void give_back(void* memory) noexcept {
  bytes.fetch_sub(static_cast<std::ptrdiff_t>(::malloc_usable_size(memory)), std::memory_order_relaxed);
  std::free(memory);
}

}  // namespace

Allocations allocations() {
  return {.count = count.load(), .bytes = bytes.load()};
}

}  // namespace sas::support

// All that end in the same operator delete are replaced together, since a sanitizer checks who gave what
// back.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return sas::support::taken(std::malloc(size == 0 ? 1 : size));
}
void* operator new(std::size_t size) {
  void* const memory = ::operator new(size, std::nothrow);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
void operator delete(void* memory) noexcept {
  sas::support::give_back(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  sas::support::give_back(memory);
}
