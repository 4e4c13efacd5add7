#include "tests/binder/support/first_fit.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

namespace sluice::test {
namespace {

/// Slots modulo ii in which each unit or register is taken.
class Taken {
 public:
  explicit Taken(int ii) : ii_(ii) {}

  bool try_take(std::size_t place, int start, int length) {
    for (int i = 0; i < length; ++i) {
      if (slots_.contains({place, (start + i) % ii_})) return false;
    }
    for (int i = 0; i < length; ++i) slots_.insert({place, (start + i) % ii_});
    return true;
  }

 private:
  int ii_;
  std::set<std::pair<std::size_t, int>> slots_;
};

class FirstFit {
 public:
  FirstFit(const Kernel& kernel, const std::vector<ScheduledNest>& nests) : kernel_(kernel), nests_(nests) {}

  Binding run() {
    for (n_ = 0; n_ < nests_.size(); ++n_) {
      const std::size_t count = nests_[n_].dfg.node_count();
      binding_.nests.push_back({std::vector<std::optional<UnitId>>(count), std::vector<bool>(count),
                                std::vector<std::vector<Stretch>>(count)});
      bind_units();
      bind_values();
    }
    return std::move(binding_);
  }

 private:
  [[nodiscard]] const Nest& nest() const { return kernel_.nests[n_]; }
  [[nodiscard]] const Op& op(Dfg::NodeId node) const { return nest().op(nests_[n_].dfg[node].op); }
  [[nodiscard]] int start(Dfg::NodeId node) const { return nests_[n_].schedule.slot(OperationId(node.index())).cycle; }

  void bind_units() {
    const int ii = nests_[n_].schedule.ii;
    std::vector<Dfg::NodeId> order;
    for (const auto node : nests_[n_].dfg.nodes()) {
      if (realization(nest(), op(node)) == Realization::unit) order.push_back(node);
    }
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return start(a) < start(b); });
    Taken taken(ii);
    for (const auto node : order) {
      const UnitSpec spec = unit_spec(nest(), op(node));
      const auto& unit_class = nests_[n_].problem.class_of(OperationId(node.index()));
      const int length = unit_class.limit == 0 ? ii : unit_class.occupancy;
      std::size_t u = 0;
      while (u < binding_.units.size() && !(binding_.units[u].spec == spec && taken.try_take(u, start(node), length)))
        ++u;
      if (u == binding_.units.size()) {
        const UnitTiming timing{0, unit_class.latency, unit_class.in_ps, unit_class.out_ps};
        binding_.units.push_back({"u" + std::to_string(u), spec, timing});
        taken.try_take(u, start(node), length);
      }
      binding_.nests[n_].units[node.index()] = UnitId(u);
    }
  }

  void bind_values() {
    const int ii = nests_[n_].schedule.ii;
    std::vector<std::tuple<int, Dfg::NodeId, std::size_t>> order;
    for (const auto node : nests_[n_].dfg.nodes()) {
      const int last = last_use(nests_[n_], node);
      const int ready = ready_cycle(nest(), nests_[n_], node);
      if (last <= ready) continue;
      auto& storage = binding_.nests[n_].storage[node.index()];
      for (int first = ready + 1; first <= last; first += ii) {
        order.emplace_back(first, node, storage.size());
        storage.push_back({RegisterId{}, first, std::min(last, first + ii - 1)});
      }
    }
    std::sort(order.begin(), order.end());
    Taken taken(ii);
    for (const auto& [first, node, k] : order) {
      const int width = op(node).type.width();
      auto& stretch = binding_.nests[n_].storage[node.index()][k];
      const int length = stretch.last - stretch.first + 1;
      std::size_t r = 0;
      while (r < binding_.registers.size() &&
             !(binding_.registers[r].width == width && taken.try_take(r, first, length)))
        ++r;
      if (r == binding_.registers.size()) {
        binding_.registers.push_back({"r" + std::to_string(r), width});
        taken.try_take(r, first, length);
      }
      stretch.reg = RegisterId(r);
    }
  }

  const Kernel& kernel_;
  const std::vector<ScheduledNest>& nests_;
  std::size_t n_ = 0;
  Binding binding_;
};

}  // namespace

Binding first_fit(const Kernel& kernel, const std::vector<ScheduledNest>& nests) {
  return FirstFit(kernel, nests).run();
}

}  // namespace sluice::test
