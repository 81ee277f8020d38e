// SPDX-License-Identifier: Apache-2.0
#include "simulator/service/gzip.hpp"

#include <cstdint>
#include <limits>
#include <stdexcept>

#include <isa-l/igzip_lib.h>

namespace sas::simulator {
namespace {

constexpr std::size_t kOverhead = 1'024;  // of header, trailer and blocks that do not compress

}  // namespace

std::string gzip(std::string_view text) {
  std::string packed(text.size() + text.size() / 8 + kOverhead, '\0');
  if (packed.size() > std::numeric_limits<std::uint32_t>::max()) throw std::length_error("too long for gzip");
  std::string input(text);  // ISA-L does not promise to leave it alone
  isal_zstream stream;
  isal_deflate_stateless_init(&stream);
  stream.gzip_flag = IGZIP_GZIP;
  stream.end_of_stream = 1;
  stream.flush = NO_FLUSH;
  stream.next_in = static_cast<std::uint8_t*>(static_cast<void*>(input.data()));
  stream.avail_in = static_cast<std::uint32_t>(input.size());
  stream.next_out = static_cast<std::uint8_t*>(static_cast<void*>(packed.data()));
  stream.avail_out = static_cast<std::uint32_t>(packed.size());
  if (isal_deflate_stateless(&stream) != COMP_OK) throw std::runtime_error("gzip failed");
  packed.resize(stream.total_out);
  return packed;
}

}  // namespace sas::simulator
