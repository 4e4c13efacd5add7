#include "systemgen/report/progress.hpp"

#include <chrono>
#include <cstdio>

#include "systemgen/report/interrupt.hpp"

namespace sluice {

Progress::Progress(bool enabled) {
  if (enabled) thread_ = std::thread([this] { run(); });
}

Progress::~Progress() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  thread_.join();
  clear();
}

void Progress::stage(const std::string& text) {
  if (interrupted()) throw Interrupted();
  const std::lock_guard lock(mutex_);
  text_ = text;
  seconds_ = 0;
}

void Progress::run() {
  std::unique_lock lock(mutex_);
  while (!stop_) {
    if (wake_.wait_for(lock, std::chrono::seconds(1)) == std::cv_status::no_timeout) continue;
    if (text_.empty() || ++seconds_ < 2) continue;
    std::fprintf(stderr, "\r\033[K%s ... %d s", text_.c_str(), seconds_);
    std::fflush(stderr);
    shown_ = true;
  }
}

void Progress::clear() {
  if (shown_) std::fprintf(stderr, "\r\033[K");
}

}  // namespace sluice
