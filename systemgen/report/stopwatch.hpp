#pragma once

#include <chrono>

namespace sluice {

/// Measures wall-clock time.
class Stopwatch {
 public:
  /// Seconds since the last lap, or since the making.
  double lap() {
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - start_).count();
    start_ = now;
    return seconds;
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace sluice
