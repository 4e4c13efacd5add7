#include "scheduler/clock.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/dfg/unit_spec.hpp"
#include "scheduler/array_storage.hpp"
#include "scheduler/logic_delay.hpp"
#include "scheduler/unit_timing.hpp"

namespace sluice {
namespace {

/// What can't be cut by a register, and how long it takes in ps.
struct Piece {
  std::string what;
  int ps = 0;
};

/// Looks for the slowest piece of a kernel; of each unit, once.
class PieceSearch {
 public:
  PieceSearch(const Kernel& kernel, const Target& target, const ResourceOptions& options)
      : kernel_(kernel), target_(target), options_(options), ports_(kernel, target) {}

  Piece run() {
    for (const auto& nest : kernel_.nests) {
      for (const auto& op : nest.body) visit(nest, op);
    }
    return slowest_;
  }

 private:
  void visit(const Nest& nest, const Op& op) {
    const int before = counters_before_ps(kernel_, nest, op, target_);
    switch (realization(nest, op)) {
      case Realization::nothing:
        return;
      case Realization::issuer:
        return offer("a guard", issuer_ps(kernel_, nest, op, target_));
      case Realization::inlined:
        return offer(std::string(to_string(op.code)), before + inlined_ps(nest, op, target_));
      case Realization::port:
        if (!is_word(kernel_.array(op.array)))
          offer("the address of memory " + kernel_.array(op.array).name, address_step_ps(kernel_, nest, op, target_));
        return visit_port(op, before);
      case Realization::unit:
        return visit_unit(unit_spec(nest, op), before);
    }
  }

  void visit_port(const Op& op, int before) {
    const PortTiming port = op.code == Opcode::store ? ports_.write(op.array) : ports_.read(op.array);
    const std::string name = "memory " + kernel_.array(op.array).name;
    offer(name, before + port.in_ps);
    offer(name, port.out_ps);
  }

  void visit_unit(const UnitSpec& spec, int before) {
    const std::string name = to_string(spec);
    const auto [segments, is_new] = segments_.try_emplace(name);
    if (is_new) segments->second = shared_segments_ps(kernel_, spec, unit_limit(options_, spec.unit), target_);
    offer(name, before + segments->second.front());
    offer(name, *std::max_element(segments->second.begin(), segments->second.end()));
  }

  void offer(const std::string& what, int ps) {
    if (ps > slowest_.ps) slowest_ = {what, ps};
  }

  const Kernel& kernel_;
  const Target& target_;
  const ResourceOptions& options_;
  PortTimings ports_;
  Piece slowest_;
  std::map<std::string, std::vector<int>> segments_;
};

double clock_for(const Piece& piece, const Target& target) {
  return (std::max(piece.ps, 1) + target.register_ps()) / 1000.0;
}

}  // namespace

double least_clock_ns(const Kernel& kernel, const Target& target, const ResourceOptions& options) {
  return clock_for(PieceSearch(kernel, target, options).run(), target);
}

Diagnostics check_clock(const Kernel& kernel, const Target& target, const ResourceOptions& options) {
  const Piece slowest = PieceSearch(kernel, target, options).run();
  const int budget_ps = chain_budget_ps(target, options.clock_ns);
  if (slowest.ps <= budget_ps && budget_ps >= 1) return {};
  return {{kernel.name,
           fmt::format(
               "a clock of {} ns is too fast for target {}: {} takes {} ps without a break, the register leaves {} ps",
               options.clock_ns, target.name(), slowest.what, slowest.ps, std::max(budget_ps, 0)),
           fmt::format("the least clock is {} ns", clock_for(slowest, target))}};
}

}  // namespace sluice
