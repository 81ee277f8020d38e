// SPDX-License-Identifier: Apache-2.0
#include "simulator/server/deliver.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "runtime/timer.hpp"

namespace sas::simulator {
namespace {

constexpr std::size_t kPieces = 10;

/// Reads what the client still sends until it gives up.
asio::awaitable<void> hang(Connection& connection) {
  char forgotten[256];
  while (true) {
    const auto count = co_await connection.read_some(forgotten);
    if (!count) co_return;
  }
}

std::string framed(const Delivery& delivery, std::string_view piece) {
  if (delivery.framing != Framing::chunked) return std::string(piece);
  return fmt::format("{:x}\r\n{}\r\n", piece.size(), piece);
}

asio::awaitable<bool> write_pieces(Connection& connection, const Delivery& delivery, std::string_view body) {
  const std::size_t size = std::max<std::size_t>(body.size() / kPieces, 1);
  for (; !body.empty(); body.remove_prefix(std::min(size, body.size()))) {
    if (delivery.pause > Milliseconds{0}) co_await runtime::sleep_for(delivery.pause);
    const std::string piece = framed(delivery, body.substr(0, size));
    const auto written = co_await connection.write(piece);
    if (!written) co_return false;
  }
  if (delivery.framing != Framing::chunked) co_return true;
  const auto ended = co_await connection.write("0\r\n\r\n");
  co_return ended.has_value();
}

asio::awaitable<bool> write_all(Connection& connection, const Answer& answer, const std::string& head) {
  const Delivery& delivery = answer.delivery;
  const std::string_view body =
      std::string_view(answer.body).substr(0, delivery.cut_at.value_or(std::string::npos));
  if (delivery.framing != Framing::chunked && delivery.pause == Milliseconds{0}) {
    const auto written = co_await connection.write(head, body);
    co_return written.has_value();
  }
  const auto written = co_await connection.write(head);
  if (!written) co_return false;
  co_return co_await write_pieces(connection, delivery, body);
}

}  // namespace

asio::awaitable<Afterwards> deliver(Connection& connection, const Answer& answer, Time date) {
  const Delivery& delivery = answer.delivery;
  if (delivery.hang) {
    co_await hang(connection);
    co_return Afterwards::close;
  }
  if (delivery.reset) {
    connection.reset();
    co_return Afterwards::close;
  }
  if (delivery.delay > Milliseconds{0}) co_await runtime::sleep_for(delivery.delay);
  const std::string head = head_text(answer, date);
  const bool written = co_await write_all(connection, answer, head);
  if (!written) co_return Afterwards::close;
  if (!delivery.close_after) co_return Afterwards::keep;
  if (delivery.cut_at) {
    connection.drop();
    co_return Afterwards::close;
  }
  co_await connection.part();
  co_return Afterwards::close;
}

}  // namespace sas::simulator
