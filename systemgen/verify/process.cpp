#include "systemgen/verify/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <thread>

#include "systemgen/report/interrupt.hpp"

extern char** environ;

namespace sluice {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kGrace = std::chrono::seconds(3);  // to end after being asked to

/// What a child gets: no input, its output into a pipe, its own folder and process group.
class SpawnSetup {
 public:
  SpawnSetup(int output, const std::string& directory) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, output, STDERR_FILENO);
    posix_spawn_file_actions_addchdir_np(&actions_, directory.c_str());
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setpgroup(&attributes_, 0);
  }
  ~SpawnSetup() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnSetup(const SpawnSetup&) = delete;
  SpawnSetup& operator=(const SpawnSetup&) = delete;

  /// Returns 0 or an errno.
  int spawn(pid_t& child, const std::vector<std::string>& arguments) {
    std::vector<char*> argv;
    for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    return posix_spawnp(&child, argv[0], &actions_, &attributes_, argv.data(), environ);
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

enum class Ending { done, late, interrupted };

/// Reads until the end of the pipe, the deadline, or an interrupt.
Ending read_until(int pipe, Clock::time_point deadline, std::string& output) {
  std::array<char, 65536> buffer{};
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (interrupted()) return Ending::interrupted;
    if (left <= 0) return Ending::late;
    pollfd waiting{pipe, POLLIN, 0};
    const int ready = poll(&waiting, 1, static_cast<int>(std::min<long long>(left, 1000)));
    if (ready < 0 && errno != EINTR) return Ending::done;
    if (ready <= 0) continue;
    const ssize_t count = read(pipe, buffer.data(), buffer.size());
    if (count > 0) output.append(buffer.data(), static_cast<std::size_t>(count));
    if (count == 0 || (count < 0 && errno != EINTR)) return Ending::done;
  }
}

/// Whether the child has ended; it stays there to be waited for, so its group keeps its number.
bool has_ended(pid_t child) {
  siginfo_t info{};
  return waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == child;
}

/// Asks the group that the child leads to end, so that it can end what it started in other groups and clean up; then
/// ends what is left of it.
void end_group(pid_t child) {
  kill(-child, SIGTERM);
  const auto deadline = Clock::now() + kGrace;
  while (!has_ended(child) && Clock::now() < deadline) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  kill(-child, SIGKILL);
}

int wait_for(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

Expected<ProcessResult> run_process(const std::vector<std::string>& arguments, const std::filesystem::path& directory,
                                    std::chrono::seconds timeout) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return Diagnostic{arguments[0], std::strerror(errno), ""};
  pid_t child = 0;
  const int error = SpawnSetup(ends[1], directory.string()).spawn(child, arguments);
  close(ends[1]);
  if (error != 0) {
    close(ends[0]);
    return Diagnostic{arguments[0], std::string("cannot be started: ") + std::strerror(error), ""};
  }
  ProcessResult result;
  const Ending ending = read_until(ends[0], Clock::now() + timeout, result.output);
  if (ending != Ending::done) end_group(child);
  result.timed_out = ending == Ending::late;
  result.exit_code = wait_for(child);
  close(ends[0]);
  if (ending == Ending::interrupted) throw Interrupted();
  return result;
}

bool program_exists(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path ? path : "/usr/bin:/bin");
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (access(((folder.empty() ? "." : folder) + "/" + name).c_str(), X_OK) == 0) return true;
  }
  return false;
}

}  // namespace sluice
