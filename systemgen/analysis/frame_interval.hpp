#pragma once

#include <compare>
#include <cstdint>
#include <numeric>

namespace sluice {

/// An exact average: so many cycles for every so many frames, in lowest terms.
struct FrameInterval {
  std::int64_t cycles = 0;
  std::int64_t frames = 1;

  FrameInterval() = default;
  /// `frames_taken` must be above 0.
  explicit FrameInterval(std::int64_t cycles_taken, std::int64_t frames_taken = 1)
      : cycles(cycles_taken / std::gcd(cycles_taken, frames_taken)),
        frames(frames_taken / std::gcd(cycles_taken, frames_taken)) {}

  /// Cycles a frame.
  [[nodiscard]] double value() const { return static_cast<double>(cycles) / static_cast<double>(frames); }

  bool operator==(const FrameInterval&) const = default;
  std::strong_ordering operator<=>(const FrameInterval& other) const {
    return cycles * other.frames <=> other.cycles * frames;
  }
};

}  // namespace sluice
