#include "scheduler/nest_problem.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/dfg/unit_spec.hpp"
#include "scheduler/array_storage.hpp"
#include "scheduler/logic_delay.hpp"
#include "scheduler/unit_timing.hpp"

namespace sluice {

int unit_limit(const ResourceOptions& options, const std::string& unit) {
  const auto found = options.limits.find(unit);
  return found == options.limits.end() ? options.default_limit : found->second;
}

namespace {

/// A smaller distance is a stricter dependence, and beyond so many iterations none can bind.
constexpr std::int64_t kFarEnough = 1'000'000;

class ProblemBuilder {
 public:
  ProblemBuilder(const Kernel& kernel, const Nest& nest, const Target& target, const ResourceOptions& options)
      : kernel_(kernel), nest_(nest), target_(target), options_(options), ports_(kernel, target) {}

  SchedulingProblem build(const Dfg& dfg) {
    problem_.name = dfg.name;
    problem_.period_ps = chain_budget_ps(target_, options_.clock_ns);
    for (const auto node : dfg.nodes()) {
      const Op& op = nest_.op(dfg[node].op);
      const bool kept = op.code != Opcode::constant && op.code != Opcode::store &&
                        !(op.array.valid() && is_fixed(kernel_, nest_, op));
      problem_.operations.push_back({dfg[node].name, class_of(op), kept ? op.type.width() : 0});
    }
    for (const auto edge : dfg.edges()) {
      const bool data = dfg[edge].kind == DfgEdge::Kind::data;
      const OperationId from(dfg.source(edge).index());
      const int latency = data ? problem_.class_of(from).latency : order_latency(dfg, edge);
      problem_.dependences.push_back({from, OperationId(dfg.target(edge).index()), latency,
                                      static_cast<int>(std::min(dfg[edge].distance, kFarEnough)), data});
    }
    return std::move(problem_);
  }

 private:
  /// A write takes effect at the end of its cycle, and a memory must not be read where it is written in that cycle; a
  /// register may be.
  [[nodiscard]] int order_latency(const Dfg& dfg, Dfg::EdgeId edge) const {
    if (dfg[edge].kind != DfgEdge::Kind::write_after_read) return 1;
    const ArrayId array = nest_.op(dfg[dfg.source(edge)].op).array;
    return storage_of(kernel_, array, target_) == ArrayStorage::memory ? 1 : 0;
  }

  ClassId class_of(const Op& op) {
    switch (realization(nest_, op)) {
      case Realization::nothing:
        return named("wires", [] { return UnitClass{}; });
      case Realization::issuer:
        return issuer_class(op);
      case Realization::port:
        return port_class(op);
      case Realization::inlined:
        return inlined_class(op);
      case Realization::unit:
        return unit_class(op);
    }
    return {};
  }

  /// The class of that name; made, at the first time, by `make`.
  template <typename Make>
  ClassId named(const std::string& name, const Make& make) {
    const auto [place, is_new] = by_name_.try_emplace(name, ClassId(problem_.classes.size()));
    if (is_new) {
      problem_.classes.push_back(make());
      problem_.classes.back().name = name;
    }
    return place->second;
  }

  ClassId issuer_class(const Op& op) {
    const int delay_ps = issuer_ps(kernel_, nest_, op, target_);
    return named(fmt::format("counters {} ps", delay_ps), [&] { return UnitClass{.in_ps = delay_ps, .held = true}; });
  }

  ClassId inlined_class(const Op& op) {
    const int delay_ps = inlined_ps(nest_, op, target_);
    return named(fmt::format("{} {} ps", to_string(op.code), delay_ps), [&] { return UnitClass{.in_ps = delay_ps}; });
  }

  ClassId port_class(const Op& op) {
    if (is_fixed(kernel_, nest_, op)) return named("wires", [] { return UnitClass{}; });
    const bool writes = op.code == Opcode::store;
    return named((writes ? "write " : "read ") + kernel_.array(op.array).name, [&] {
      const PortTiming port = writes ? ports_.write(op.array) : ports_.read(op.array);
      return UnitClass{.latency = port.latency, .limit = port.limit, .in_ps = port.in_ps, .out_ps = port.out_ps};
    });
  }

  ClassId unit_class(const Op& op) {
    const UnitSpec spec = unit_spec(nest_, op);
    return named(to_string(spec), [&] {
      const int limit = unit_limit(options_, spec.unit);
      const UnitTiming timing = unit_timing(kernel_, spec, limit, target_, options_.clock_ns);
      return UnitClass{.latency = timing.latency, .limit = limit, .in_ps = timing.in_ps, .out_ps = timing.out_ps};
    });
  }

  const Kernel& kernel_;
  const Nest& nest_;
  const Target& target_;
  const ResourceOptions& options_;
  PortTimings ports_;
  SchedulingProblem problem_;
  std::map<std::string, ClassId> by_name_;
};

}  // namespace

SchedulingProblem build_problem(const Kernel& kernel, const Nest& nest, const Dfg& dfg, const Target& target,
                                const ResourceOptions& options) {
  return ProblemBuilder(kernel, nest, target, options).build(dfg);
}

}  // namespace sluice
