#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "rtlgen/fsmd/fsmd.hpp"
#include "rtlgen/netlist/netlist.hpp"

namespace sluice {

/// The odometer of one nest in hardware: which loop steps after the current iteration, as one-hot signals. They come
/// from the counters during the first ii cycles of an iteration and travel on through registers beyond.
class StepSignals {
 public:
  /// `issue` is 1 in the cycle of an iteration in which the counters step.
  StepSignals(Module& module, const FsmdNest& nest, std::string prefix, Expr issue);

  /// Drives the register that counts a loop of more than one iteration.
  void drive_counter(std::size_t loop, const Expr& counter);
  /// 1 when the counter of `loop` is at its last value: a register, so that no comparison is before what it steers.
  [[nodiscard]] Expr last(std::size_t loop) const { return last_.at(loop); }
  /// 1 when all loops from `first` inwards are in their last iteration, in cycle `cycle` of the iteration.
  Expr all_last(std::size_t first, int cycle);
  /// 1 when `loop` steps after the iteration that is in one of its first ii cycles.
  Expr step(std::size_t loop);
  /// What `now` was in the first ii cycles of the iteration that is in its cycle `cycle`.
  Expr later(const std::string& name, const Expr& now, int cycle) { return travel(prefix_ + name, now, cycle); }

 private:
  Expr travel(const std::string& name, const Expr& now, int cycle);

  Module& module_;
  const FsmdNest& nest_;
  std::string prefix_;
  Expr issue_;
  std::vector<Expr> last_;
  std::map<std::pair<std::string, int>, Expr> known_;
};

}  // namespace sluice
