// SPDX-License-Identifier: Apache-2.0
// A whole scrape over a real socket: the table's columns are rendered, gzipped or not, and written to a
// client that reads as fast as it can in a thread of its own. CPU time is that of the server's thread. Beside
// it, of the same bytes: a copy, and zlib at level 1. First of all, what one scrape adds to the memory.

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <limits>
#include <memory>
#include <random>
#include <semaphore>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <benchmark/benchmark.h>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

#include "exposition/scrape.hpp"
#include "runtime/logging.hpp"
#include "tasks/gauge_columns.hpp"
#include "web/server.hpp"

namespace sas::web {
namespace {

constexpr std::string_view kPlain = "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n";
constexpr std::string_view kGzipped = "GET /metrics HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n";

/// Tasks in all states. Ids and numbers are random, for what repeats itself would flatter every compressor.
tasks::PublishedGauges gauges_of(std::size_t count) {
  std::mt19937_64 random(1);
  tasks::GaugeColumns columns;
  for (std::size_t i = 0; i < count; ++i) {
    tasks::Task task;
    task.id = fmt::format("{:016x}{:016x}", random(), random());
    task.type = i % 3 == 0 ? "CHECK_SCHEDULE" : "CHECK_MANUAL";
    task.source = "CSPM";
    const auto below = [&random](std::uint64_t bound) { return static_cast<std::int64_t>(random() % bound); };
    const std::int64_t total = 1 + below(2000);
    const std::int64_t created = 1'767'323'045'000 - below(86'400'000);
    const std::int64_t started = created + below(5'000);
    const std::int64_t progressed = started + below(3'600'000);
    const tasks::GaugeRow row{1,           below(4), total,
                              below(2000), 10,       below(10),
                              created,     started,  i % 2 == 0 ? tasks::kAbsent : progressed,
                              progressed};
    columns.write(static_cast<tasks::Slot>(i), row, "production", task);
  }
  return columns.publish();
}

exposition::Scrape scrape_of(const tasks::PublishedGauges& gauges) {
  exposition::Scrape scrape;
  scrape.own_metrics = "# TYPE sas_operation_up gauge\nsas_operation_up{target=\"production\"} 1\n";
  scrape.targets.push_back(gauges);
  return scrape;
}

/// Sends what it is told to and reads the chunked answer to its end, in a thread of its own.
class Client {
 public:
  Client(std::uint16_t port, boost::asio::io_context& context)
      : socket_(::socket(AF_INET, SOCK_STREAM, 0)), context_(context) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      throw std::runtime_error("cannot connect");
    }
    thread_ = std::thread([this] { work(); });
  }
  ~Client() {
    request_ = {};
    wanted_.release();
    thread_.join();
    ::close(socket_);
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Runs the server until the answer has been read; returns its bytes.
  std::size_t ask(std::string_view request) {
    request_ = request;
    answered_ = false;
    wanted_.release();
    context_.restart();
    while (!answered_)
      context_.run_one();
    return size_;
  }

 private:
  void work() {
    while (wanted_.acquire(), !request_.empty()) {
      if (::send(socket_, request_.data(), request_.size(), 0) < 0) return;
      size_ = read_answer();
      boost::asio::post(context_, [this] { answered_ = true; });
    }
  }

  std::size_t read_answer() {
    constexpr std::string_view kEnd = "\r\n0\r\n\r\n";
    std::string tail;
    std::size_t size = 0;
    while (!tail.ends_with(kEnd)) {
      const ssize_t count = ::recv(socket_, buffer_.data(), buffer_.size(), 0);
      if (count <= 0) return 0;
      size += static_cast<std::size_t>(count);
      tail.append(buffer_.data(), static_cast<std::size_t>(count));
      if (tail.size() > kEnd.size()) tail.erase(0, tail.size() - kEnd.size());
    }
    return size;
  }

  int socket_;
  boost::asio::io_context& context_;
  std::string_view request_;
  std::binary_semaphore wanted_{0};
  bool answered_ = false;  // touched by the server's thread alone
  std::size_t size_ = 0;
  std::vector<char> buffer_ = std::vector<char>(256 * 1024);
  std::thread thread_;
};

class Scraped {
 public:
  explicit Scraped(std::size_t tasks) : gauges_(gauges_of(tasks)) {
    ServerSettings settings;
    settings.listen_addresses = {"127.0.0.1:0"};
    Site site;
    site.scrape = [this](exposition::Format) { return scrape_of(gauges_); };
    server_ = std::make_unique<Server>(context_.get_executor(), settings, site, log_);
    const std::string address = server_->listen()->front();
    boost::asio::co_spawn(context_, server_->run(),
                          boost::asio::bind_cancellation_slot(stop_.slot(), [](const auto&) {}));
    client_ = std::make_unique<Client>(
        static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))), context_);
  }
  ~Scraped() {
    client_.reset();
    stop_.emit(boost::asio::cancellation_type::terminal);
    context_.restart();
    context_.run();
  }
  Scraped(const Scraped&) = delete;
  Scraped& operator=(const Scraped&) = delete;

  std::size_t ask(std::string_view request) { return client_->ask(request); }

 private:
  tasks::PublishedGauges gauges_;
  runtime::Log log_{runtime::Level::warn, runtime::Layout::logfmt};
  boost::asio::io_context context_{1};
  std::unique_ptr<Server> server_;
  boost::asio::cancellation_signal stop_;
  std::unique_ptr<Client> client_;
};

std::string body_of(std::size_t tasks) {
  exposition::ScrapeWriter writer(scrape_of(gauges_of(tasks)));
  std::string body;
  for (std::string piece; writer.next(piece);)
    body += piece;
  return body;
}

/// A line of /proc/self/status in kB.
double status_kb(std::string_view key) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(key)) return std::stod(line.substr(key.size() + 1));
  }
  return std::numeric_limits<double>::quiet_NaN();
}

void count_bytes(benchmark::State& state, std::size_t size) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(size));
  state.counters["MB"] = static_cast<double>(size) / 1e6;
}

/// The peak of the resident memory during the first scrape, over what it was before.
void memory_of_scrape(benchmark::State& state, std::string_view request) {
  Scraped scraped(static_cast<std::size_t>(state.range(0)));
  std::ofstream("/proc/self/clear_refs") << "5";  // forget the peak so far
  const double before = status_kb("VmRSS:");
  for (auto _ : state)
    benchmark::DoNotOptimize(scraped.ask(request));
  state.counters["rss_rise_MB"] = (status_kb("VmHWM:") - before) / 1024;
}
BENCHMARK_CAPTURE(memory_of_scrape, plain, kPlain)
    ->Arg(100'000)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(memory_of_scrape, gzipped, kGzipped)
    ->Arg(100'000)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

void scrape(benchmark::State& state, std::string_view request) {
  Scraped scraped(static_cast<std::size_t>(state.range(0)));
  std::size_t size = 0;
  for (auto _ : state)
    size = scraped.ask(request);
  count_bytes(state, size);
}
BENCHMARK_CAPTURE(scrape, plain, kPlain)
    ->RangeMultiplier(10)
    ->Range(100, 100'000)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(scrape, gzipped, kGzipped)
    ->RangeMultiplier(10)
    ->Range(100, 100'000)
    ->Unit(benchmark::kMicrosecond);

/// The same bytes through a window of one piece.
void copy(benchmark::State& state) {
  const std::string body = body_of(static_cast<std::size_t>(state.range(0)));
  std::string window(exposition::ScrapeWriter::kPiece, '\0');
  for (auto _ : state) {
    for (std::size_t at = 0; at < body.size(); at += window.size()) {
      std::memcpy(window.data(), body.data() + at, std::min(window.size(), body.size() - at));
      benchmark::DoNotOptimize(window.data());
      benchmark::ClobberMemory();
    }
  }
  count_bytes(state, body.size());
}
BENCHMARK(copy)->RangeMultiplier(10)->Range(100, 100'000)->Unit(benchmark::kMicrosecond);

/// The same bytes through zlib at level 1, in pieces, as a gzip member; compressing only, nothing rendered or
/// sent.
void zlib_level_1(benchmark::State& state) {
  const std::string body = body_of(static_cast<std::size_t>(state.range(0)));
  std::string out(exposition::ScrapeWriter::kPiece, '\0');
  std::size_t size = 0;
  for (auto _ : state) {
    z_stream stream{};
    deflateInit2(&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
    stream.avail_in = static_cast<uInt>(body.size());
    do {
      stream.next_out = reinterpret_cast<Bytef*>(out.data());
      stream.avail_out = static_cast<uInt>(out.size());
    } while (deflate(&stream, Z_FINISH) == Z_OK);
    size = stream.total_out;
    deflateEnd(&stream);
  }
  count_bytes(state, size);
}
BENCHMARK(zlib_level_1)->RangeMultiplier(10)->Range(100, 100'000)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace sas::web
