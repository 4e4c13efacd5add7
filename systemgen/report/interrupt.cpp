#include "systemgen/report/interrupt.hpp"

#include <atomic>
#include <csignal>

namespace sluice {
namespace {

// Signals concern the whole process, and a handler sees nothing else.
std::atomic<bool> came = false;
static_assert(std::atomic<bool>::is_always_lock_free);

}  // namespace

void note_interrupts() {
  struct sigaction action {};
  action.sa_handler = [](int) { came = true; };
  action.sa_flags = static_cast<int>(SA_RESETHAND);  // and no SA_RESTART: waiting calls return
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaction(signal, &action, nullptr);
}

bool interrupted() { return came; }

}  // namespace sluice
