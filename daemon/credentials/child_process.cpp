// SPDX-License-Identifier: Apache-2.0
#include "credentials/child_process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "credentials/variables.hpp"
#include "runtime/timer.hpp"

namespace sas::credentials {
namespace {

using boost::system::error_code;

Error failed(const std::string& program, std::string_view why) {
  return not_configured(fmt::format("process_command {}: {}", program, why));
}

std::string reason_of(int number) {
  return std::generic_category().message(number);
}

// Readable when the process has ended. glibc's own declaration is none of C++'s before 2.37.
int pidfd_of(pid_t pid) {
  return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
}

// A child that is killed, with its process group, and reaped when this goes.
class Child {
 public:
  explicit Child(pid_t pid) : pid_(pid) {}
  ~Child() {
    if (pid_ <= 0) return;
    ::kill(-pid_, SIGKILL);
    wait();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Its status, as waitpid() has it. Blocks until it has ended.
  int wait() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return status;
  }

  [[nodiscard]] pid_t pid() const { return pid_; }

 private:
  pid_t pid_;
};

class SpawnSetup {
 public:
  SpawnSetup() {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawnattr_setflags(&attributes_,
                               POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    sigset_t none{};
    ::sigemptyset(&none);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    sigset_t all{};
    ::sigfillset(&all);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  }
  ~SpawnSetup() {
    ::posix_spawnattr_destroy(&attributes_);
    ::posix_spawn_file_actions_destroy(&actions_);
  }
  SpawnSetup(const SpawnSetup&) = delete;
  SpawnSetup& operator=(const SpawnSetup&) = delete;

  /// The error number, or 0 and the process in `pid`.
  int spawn(const std::vector<std::string>& words, int output, pid_t& pid) {
    ::posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (const std::string& word : words)
      arguments.push_back(const_cast<char*>(word.c_str()));  // posix_spawn does not write to them
    arguments.push_back(nullptr);
    return ::posix_spawnp(&pid, arguments.front(), &actions_, &attributes_, arguments.data(), environ);
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

// Until the program closes its output, or it is too much.
asio::awaitable<Result<Secret>> read_all(asio::posix::stream_descriptor& pipe, std::string program,
                                         std::size_t limit) {
  std::string text(limit + 1, '\0');
  std::size_t size = 0;
  error_code end;
  while (!end && size < text.size())
    size += co_await pipe.async_read_some(asio::buffer(text.data() + size, text.size() - size),
                                          asio::redirect_error(asio::use_awaitable, end));
  const bool is_too_much = size > limit;
  text.resize(size);
  Secret output(std::move(text));
  if (is_too_much) co_return failed(program, fmt::format("writes more than {} bytes", limit));
  if (end != asio::error::eof) co_return failed(program, end.message());
  co_return output;
}

asio::awaitable<Result<Secret>> finish(Child& child, asio::posix::stream_descriptor& pipe,
                                       std::string program, std::size_t limit) {
  Result<Secret> output = co_await read_all(pipe, program, limit);
  if (!output) co_return output;
  // It has closed its output and is about to end; what takes longer runs into the deadline.
  asio::posix::stream_descriptor ending(pipe.get_executor(), pidfd_of(child.pid()));
  co_await ending.async_wait(asio::posix::stream_descriptor::wait_read, asio::use_awaitable);
  const int status = child.wait();
  if (WIFSIGNALED(status)) co_return failed(program, fmt::format("killed by signal {}", WTERMSIG(status)));
  if (WEXITSTATUS(status) != 0)
    co_return failed(program, fmt::format("ends with exit code {}", WEXITSTATUS(status)));
  co_return output;
}

}  // namespace

asio::awaitable<Result<Secret>> run_process(std::vector<std::string> words, ProcessLimits limits) {
  const std::string program = words.at(0);
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) co_return failed(program, reason_of(errno));
  const auto executor = co_await asio::this_coro::executor;
  asio::posix::stream_descriptor pipe(executor, ends[0]);
  pid_t pid = 0;
  const int fault = SpawnSetup().spawn(words, ends[1], pid);
  ::close(ends[1]);
  if (fault != 0) co_return failed(program, reason_of(fault));
  Child child(pid);
  const Instant deadline = runtime::Clock::now() + limits.time;
  co_return co_await runtime::with_deadline(finish(child, pipe, program, limits.output), deadline,
                                            fmt::format("process_command {}", program));
}

}  // namespace sas::credentials
