// SPDX-License-Identifier: Apache-2.0
#pragma once
// Packs test data.

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

#include <isa-l/igzip_lib.h>

namespace sas::support {

inline std::string gzip(std::string text) {
  const auto stream = std::make_unique<isal_zstream>();
  ::isal_deflate_stateless_init(stream.get());
  stream->end_of_stream = 1;
  stream->gzip_flag = IGZIP_GZIP;
  std::string packed(text.size() + text.size() / 1000 + 1024, '\0');
  stream->next_in = reinterpret_cast<std::uint8_t*>(text.data());
  stream->avail_in = static_cast<std::uint32_t>(text.size());
  stream->next_out = reinterpret_cast<std::uint8_t*>(packed.data());
  stream->avail_out = static_cast<std::uint32_t>(packed.size());
  if (::isal_deflate_stateless(stream.get()) != COMP_OK) throw std::runtime_error("ISA-L does not pack");
  packed.resize(stream->total_out);
  return packed;
}

}  // namespace sas::support
