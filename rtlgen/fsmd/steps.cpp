#include "rtlgen/fsmd/steps.hpp"

#include <fmt/format.h>

namespace sluice {

StepSignals::StepSignals(Module& module, const FsmdNest& nest, std::string prefix, Expr issue)
    : module_(module), nest_(nest), prefix_(std::move(prefix)), issue_(std::move(issue)) {
  for (std::size_t loop = 0; loop < nest.trips.size(); ++loop) {
    if (nest.trips[loop] == 1) {
      last_.push_back(Expr::constant(1, 1));
      continue;
    }
    last_.push_back(module.add_register(prefix_ + "last_" + nest.loops[loop] + "_q", 1, 0));
  }
}

void StepSignals::drive_counter(std::size_t loop, const Expr& counter) {
  const auto constant = [&](std::int64_t value) {
    return Expr::constant(counter.width(), static_cast<std::uint64_t>(value));
  };
  const Expr inner = all_last(loop + 1, 0);
  const Expr now = inner.is_constant(1) ? issue_ : issue_ & inner;
  module_.drive(counter, select(last_[loop], constant(0), counter + constant(1)), now);
  module_.drive(last_[loop], ~last_[loop] & equal(counter, constant(nest_.trips[loop] - 2)), now);
}

Expr StepSignals::all_last(std::size_t first, int cycle) {
  std::vector<Expr> bits;
  for (std::size_t loop = first; loop < last_.size(); ++loop) {
    if (!last_[loop].is_constant(1)) bits.push_back(last_[loop]);
  }
  if (bits.size() < 2 && cycle < nest_.ii) return all_of(bits);
  const std::string name =
      fmt::format("{}end_{}", prefix_, first < nest_.loops.size() ? nest_.loops[first] : "iteration");
  return bits.empty() ? Expr::constant(1, 1) : travel(name, all_of(bits), cycle);
}

Expr StepSignals::step(std::size_t loop) {
  const Expr inner = all_last(loop + 1, 0);
  const Expr now = inner.is_constant(1) ? ~last_[loop] : inner & ~last_[loop];
  return travel(prefix_ + "step_" + nest_.loops[loop], now, 0);
}

Expr StepSignals::travel(const std::string& name, const Expr& now, int cycle) {
  const int stage = cycle < nest_.ii ? 0 : cycle;
  const auto found = known_.find({name, stage});
  if (found != known_.end()) return found->second;
  if (stage == 0) return known_[{name, 0}] = module_.add_wire(name, now);
  const Expr before = travel(name, now, stage - 1);
  const Expr after = module_.add_register(fmt::format("{}_{}_q", name, stage), now.width());
  module_.drive(after, before);
  return known_[{name, stage}] = after;
}

}  // namespace sluice
