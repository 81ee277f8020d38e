// SPDX-License-Identifier: Apache-2.0
#include "telemetry/process.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <system_error>

#include <sys/resource.h>
#include <unistd.h>

namespace sas::telemetry {
namespace {

// Fields of /proc/self/stat behind the command's closing parenthesis, the first of which is field 3, see
// proc(5).
constexpr std::size_t kUserTicks = 14 - 3;
constexpr std::size_t kSystemTicks = 15 - 3;
constexpr std::size_t kStartTicks = 22 - 3;
constexpr std::size_t kVirtualBytes = 23 - 3;
constexpr std::size_t kResidentPages = 24 - 3;

std::string read_file(const char* path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> stat_fields() {
  const std::string stat = read_file("/proc/self/stat");
  const std::size_t end_of_command = stat.rfind(')');
  if (end_of_command == std::string::npos) return {};
  std::istringstream rest(stat.substr(end_of_command + 1));
  return {std::istream_iterator<std::string>(rest), {}};
}

std::optional<double> boot_time() {
  std::ifstream stat("/proc/stat");
  for (std::string line; std::getline(stat, line);) {
    if (line.starts_with("btime ")) return std::stod(line.substr(6));
  }
  return std::nullopt;
}

double ticks_per_second() {
  return static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::optional<double> open_files() {
  std::error_code failure;
  const std::filesystem::directory_iterator files("/proc/self/fd", failure);
  if (failure) return std::nullopt;
  return static_cast<double>(std::distance(begin(files), end(files)) - 1);  // less the one that counts
}

std::optional<double> most_files() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return std::nullopt;
  return static_cast<double>(limit.rlim_cur);
}

void add(std::vector<prometheus::MetricFamily>& families, const char* name, const char* help,
         prometheus::MetricType type, const std::optional<double>& value) {
  if (!value) return;
  prometheus::ClientMetric metric;
  metric.gauge.value = *value;
  metric.counter.value = *value;
  families.push_back({.name = name, .help = help, .type = type, .metric = {metric}});
}

}  // namespace

ProcessUse read_process() {
  ProcessUse use;
  const std::vector<std::string> fields = stat_fields();
  if (fields.size() > kResidentPages) {
    use.cpu_seconds = (std::stod(fields[kUserTicks]) + std::stod(fields[kSystemTicks])) / ticks_per_second();
    use.virtual_memory_bytes = std::stod(fields[kVirtualBytes]);
    use.resident_memory_bytes =
        std::stod(fields[kResidentPages]) * static_cast<double>(::sysconf(_SC_PAGESIZE));
  }
  use.open_fds = open_files();
  use.max_fds = most_files();
  return use;
}

std::optional<double> read_start_time() {
  const std::vector<std::string> fields = stat_fields();
  const std::optional<double> boot = boot_time();
  if (fields.size() <= kStartTicks || !boot) return std::nullopt;
  return *boot + std::stod(fields[kStartTicks]) / ticks_per_second();
}

std::vector<prometheus::MetricFamily> process_families(const ProcessUse& use,
                                                       std::optional<double> start_time) {
  using prometheus::MetricType;
  std::vector<prometheus::MetricFamily> families;
  add(families, "process_cpu_seconds_total", "Total user and system CPU time spent in seconds.",
      MetricType::Counter, use.cpu_seconds);
  add(families, "process_open_fds", "Number of open file descriptors.", MetricType::Gauge, use.open_fds);
  add(families, "process_max_fds", "Maximum number of open file descriptors.", MetricType::Gauge,
      use.max_fds);
  add(families, "process_virtual_memory_bytes", "Virtual memory size in bytes.", MetricType::Gauge,
      use.virtual_memory_bytes);
  add(families, "process_resident_memory_bytes", "Resident memory size in bytes.", MetricType::Gauge,
      use.resident_memory_bytes);
  add(families, "process_start_time_seconds", "Start time of the process since unix epoch in seconds.",
      MetricType::Gauge, start_time);
  return families;
}

}  // namespace sas::telemetry
