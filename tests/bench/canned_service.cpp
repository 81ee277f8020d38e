// SPDX-License-Identifier: Apache-2.0
#include "bench/canned_service.hpp"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace sas::bench {
namespace {

constexpr std::int64_t kCreated = 1'767'355'200'000;

std::string answer_with(const std::string& body) {
  return fmt::format(
      "HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=utf-8\r\nContent-Length: {}\r\n\r\n{}",
      body.size(), body);
}

void send_all(int connection, const std::string& bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t count = ::send(connection, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (count <= 0) return;
    sent += static_cast<std::size_t>(count);
  }
}

}  // namespace

std::string page_body(std::size_t number, std::size_t page_size, std::size_t tasks) {
  const std::size_t first = (number - 1) * page_size;
  const std::size_t last = std::min(tasks, first + page_size);
  std::string rows;
  for (std::size_t i = first; i < last; ++i) {
    rows += fmt::format(
        R"({}{{"TaskId":"3d7a1b68-599f-4e16-9b45-{:012x}","TaskType":"CHECK_POLICY","TaskSource":"YAO_CHI",)"
        R"("StatusCode":1,"TotalCount":337,"FinishCount":{},"DetailTaskTotalCount":10,"DetailTaskReadyCount":5,)"
        R"("StartTime":{},"CreateTime":{}}})",
        i == first ? "" : ",", i, i % 337, kCreated + 1000, kCreated);
  }
  return fmt::format(
      R"({{"RequestId":"F8B6F758-BCD4-597A-8A2C-{:012x}","PageInfo":{{"CurrentPage":{},"PageSize":{},)"
      R"("TotalCount":{},"Count":{}}},"Processes":[{}]}})",
      number, number, page_size, tasks, last - first, rows);
}

CannedService::CannedService(const std::vector<std::string>& pages) {
  answers_.push_back(answer_with(page_body(1, 100, 0)));
  for (const std::string& page : pages)
    answers_.push_back(answer_with(page));
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 8) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("the benchmark's server cannot listen on 127.0.0.1");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

CannedService::~CannedService() {
  ::shutdown(listener_, SHUT_RDWR);
  thread_.join();
  ::close(listener_);
}

void CannedService::serve() {
  while (true) {
    const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) return;
    const int on = 1;
    ::setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    while (answer(connection)) {
    }
    ::close(connection);
  }
}

bool CannedService::answer(int connection) const {
  std::string request;
  char buffer[4096];
  while (request.find("\r\n\r\n") == std::string::npos) {
    const ssize_t count = ::recv(connection, buffer, sizeof buffer, 0);
    if (count <= 0) return false;
    request.append(buffer, static_cast<std::size_t>(count));
  }
  const std::string target = request.substr(0, request.find("\r\n"));
  const auto at = target.find("CurrentPage=");
  std::size_t page = at == std::string::npos ? 1 : std::strtoul(target.c_str() + at + 12, nullptr, 10);
  if (target.find("StatusCodes.1=") != std::string::npos) page = 0;
  send_all(connection, answers_[std::min(page, answers_.size() - 1)]);
  return true;
}

}  // namespace sas::bench
