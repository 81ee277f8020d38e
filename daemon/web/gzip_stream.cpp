// SPDX-License-Identifier: Apache-2.0
#include "web/gzip_stream.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>

#include <isa-l/igzip_lib.h>

namespace sas::web {

struct GzipStream::State {
  isal_zstream stream;
  std::array<std::uint8_t, ISAL_DEF_LVL1_DEFAULT> working;
};

// Without `{}`: isal_deflate_init sets what has to be set, and zeroing the rest would touch all of its pages.
GzipStream::GzipStream() : state_(new State) {
  isal_deflate_init(&state_->stream);
  state_->stream.level = 1;
  state_->stream.level_buf = state_->working.data();
  state_->stream.level_buf_size = static_cast<std::uint32_t>(state_->working.size());
  state_->stream.gzip_flag = IGZIP_GZIP;
  state_->stream.flush = NO_FLUSH;
}

GzipStream::~GzipStream() = default;
GzipStream::GzipStream(GzipStream&&) noexcept = default;
GzipStream& GzipStream::operator=(GzipStream&&) noexcept = default;

void GzipStream::write(std::string_view bytes, std::string& out) {
  while (!bytes.empty()) {
    const std::string_view part = bytes.substr(0, std::numeric_limits<std::uint32_t>::max() / 2);
    // ISA-L only reads its input; its C interface does not say so.
    state_->stream.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(part.data()));
    state_->stream.avail_in = static_cast<std::uint32_t>(part.size());
    deflate(out);
    bytes.remove_prefix(part.size());
  }
}

void GzipStream::finish(std::string& out) {
  state_->stream.avail_in = 0;
  state_->stream.end_of_stream = 1;
  deflate(out);
}

void GzipStream::deflate(std::string& out) {
  constexpr std::size_t kStep = 16 * 1024;
  isal_zstream& stream = state_->stream;
  do {
    const std::size_t used = out.size();
    out.resize(used + kStep);
    stream.next_out = reinterpret_cast<std::uint8_t*>(out.data() + used);
    stream.avail_out = kStep;
    const int outcome = isal_deflate(&stream);
    out.resize(used + kStep - stream.avail_out);
    if (outcome != COMP_OK) throw std::logic_error("isal_deflate refuses its settings");
  } while (stream.avail_out == 0 || stream.avail_in != 0);
}

}  // namespace sas::web
