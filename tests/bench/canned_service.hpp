// SPDX-License-Identifier: Apache-2.0
#pragma once
// The cheapest HTTP/1.1 server there is: a thread that answers from texts made beforehand, so that a
// benchmark of a whole poll measures the poller. Only for benchmarks: it checks nothing.

#include <cstddef>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace sas::bench {

/// The body of page `number` (from 1) of `tasks` running tasks, `page_size` a page, as ListOperationProcess
/// gives it.
std::string page_body(std::size_t number, std::size_t page_size, std::size_t tasks);

class CannedService {
 public:
  /// `pages` are the bodies of a list without StatusCodes, in order; a list with StatusCodes is answered as
  /// empty.
  explicit CannedService(const std::vector<std::string>& pages);
  ~CannedService();
  CannedService(const CannedService&) = delete;
  CannedService& operator=(const CannedService&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  void serve();
  bool answer(int connection) const;

  std::vector<std::string> answers_;  // whole answers; the first is the empty list's
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

}  // namespace sas::bench
