#include "systemgen/report/interrupt.hpp"

#include <atomic>
#include <csignal>
#include <ctime>

namespace sluice {
namespace {

// Signals concern the whole process, and a handler sees nothing else.
std::atomic<bool> came = false;
std::atomic<std::time_t> first_came = 0;
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<std::time_t>::is_always_lock_free);

/// The first signal asks for a clean end. One that comes again, not just the same one sent to the whole group too, ends
/// the program at once.
void on_signal(int signal) {
  const std::time_t now = std::time(nullptr);
  if (came && now > first_came + 1) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
  if (!came) first_came = now;
  came = true;
}

}  // namespace

void note_interrupts() {
  struct sigaction action {};
  action.sa_handler = on_signal;  // no SA_RESTART: waiting calls return
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaction(signal, &action, nullptr);
}

bool interrupted() { return came; }

}  // namespace sluice
