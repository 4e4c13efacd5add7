#include "frontend/loops/rebalance.hpp"

#include <algorithm>
#include <optional>
#include <queue>
#include <tuple>
#include <utility>
#include <vector>

#include "frontend/loops/body_editor.hpp"

namespace sluice {
namespace {

bool regroups(const Nest& nest, const Op& op, bool reassociate) {
  switch (op.code) {
    case Opcode::add:
    case Opcode::multiply:
      return op.type.is_integer() || reassociate;
    case Opcode::minimum:
    case Opcode::maximum:
      // Integers of other types could be wrapped on the way.
      return std::ranges::all_of(op.operands, [&](OpId operand) { return nest.op(operand).type == op.type; });
    case Opcode::bit_and:
    case Opcode::bit_or:
    case Opcode::bit_xor:
      return true;
    default:
      return false;
  }
}

/// A value and the cycle in which it is there; the first of equals is the one that comes first.
using Ready = std::tuple<std::int64_t, std::size_t, OpId>;

class Rebalancer {
 public:
  Rebalancer(Nest& nest, const LatencyOf& latency_of, const RebalanceOptions& options)
      : nest_(nest), old_(nest), latency_of_(latency_of), options_(options) {
    find_inner_steps();
    find_ready_times();
  }

  std::size_t run() {
    BodyEditor editor(nest_);
    std::size_t trees = 0;
    for (const auto id : id_range<OpId>(old_.body.size())) {
      if (is_dropped_[id.index()]) continue;
      if (is_new_tree_[id.index()]) {
        editor.merge(id, build(editor, id));
        ++trees;
      } else {
        editor.keep(id, old_.op(id));
      }
    }
    editor.finish();
    return trees;
  }

 private:
  /// A step inside a tree is read by another of the same kind, and by nothing else.
  void find_inner_steps() {
    const std::size_t count = old_.body.size();
    std::vector<int> readers(count, 0);
    std::vector<OpId> reader(count);
    is_delayed_.assign(count, false);
    for (const auto id : id_range<OpId>(count)) {
      for (const auto operand : old_.op(id).operands) {
        ++readers[operand.index()];
        reader[operand.index()] = id;
        if (old_.op(id).code == Opcode::delay) is_delayed_[operand.index()] = true;
      }
    }
    is_step_.assign(count, false);
    is_inner_.assign(count, false);
    for (const auto id : id_range<OpId>(count)) {
      const bool may_be_step = !is_delayed_[id.index()] || (options_.running_steps > 1 && running_operand(id));
      is_step_[id.index()] = may_be_step && regroups(old_, old_.op(id), options_.reassociate);
    }
    for (const auto id : id_range<OpId>(count)) {
      if (!is_step_[id.index()] || readers[id.index()] != 1 || !is_step_[reader[id.index()].index()]) continue;
      const Op& outer = old_.op(reader[id.index()]);
      is_inner_[id.index()] = outer.code == old_.op(id).code && outer.type == old_.op(id).type;
    }
  }

  /// In order, with the trees as they will be.
  void find_ready_times() {
    const std::size_t count = old_.body.size();
    ready_.assign(count, 0);
    is_new_tree_.assign(count, false);
    is_dropped_.assign(count, false);
    for (const auto id : id_range<OpId>(count)) {
      const Op& op = old_.op(id);
      if (op.code == Opcode::delay) continue;
      std::int64_t start = 0;
      for (const auto operand : op.operands) start = std::max(start, ready_[operand.index()]);
      ready_[id.index()] = start + latency_of_(op);
      if (!is_step_[id.index()] || is_inner_[id.index()]) continue;
      const std::int64_t sooner = best_time(id);
      if (sooner >= ready_[id.index()] || (is_delayed_[id.index()] && !place_running(id, sooner))) continue;
      ready_[id.index()] = sooner;
      is_new_tree_[id.index()] = true;
      for (const auto inner : inner_steps(id)) is_dropped_[inner.index()] = true;
    }
  }

  /// The operand by which a step reads what it gave some iterations ago, or what the result starts with.
  [[nodiscard]] std::optional<OpId> running_operand(OpId fold) const {
    for (const auto operand : old_.op(fold).operands) {
      const Op& start = old_.op(operand);
      if (start.code != Opcode::select) continue;
      for (const auto value : start.operands) {
        if (old_.op(value).code == Opcode::delay && old_.op(value).operands[0] == fold) return operand;
      }
    }
    return std::nullopt;
  }

  /// Lets the running result enter the tree as late as `end` allows; false if it would go through too many steps.
  bool place_running(OpId fold, std::int64_t end) {
    const OpId running = running_operand(fold).value();
    const std::int64_t natural = ready_[running.index()];
    for (std::int64_t steps = 1; steps <= options_.running_steps; ++steps) {
      ready_[running.index()] = std::max(natural, end - steps * latency_of_(old_.op(fold)));
      if (best_time(fold) == end) return true;
    }
    ready_[running.index()] = natural;
    return false;
  }

  [[nodiscard]] std::vector<OpId> inner_steps(OpId root) const { return walk(root).first; }
  [[nodiscard]] std::vector<OpId> leaves(OpId root) const { return walk(root).second; }

  /// Inner steps below the root, and leaves in their order.
  [[nodiscard]] std::pair<std::vector<OpId>, std::vector<OpId>> walk(OpId root) const {
    std::pair<std::vector<OpId>, std::vector<OpId>> found;
    std::vector<OpId> open{root};
    while (!open.empty()) {
      const OpId id = open.back();
      open.pop_back();
      if (id != root && !is_inner_[id.index()]) {
        found.second.push_back(id);
        continue;
      }
      if (id != root) found.first.push_back(id);
      open.insert(open.end(), old_.op(id).operands.rbegin(), old_.op(id).operands.rend());
    }
    return found;
  }

  /// Joins what is ready first until one value is left, which it returns with its time.
  template <typename Join>
  Ready merge(OpId root, const Join& join) const {
    std::priority_queue<Ready, std::vector<Ready>, std::greater<>> open;
    std::size_t place = 0;
    for (const auto leaf : leaves(root)) open.emplace(ready_[leaf.index()], place++, leaf);
    const std::int64_t latency = latency_of_(old_.op(root));
    const auto take = [&] {
      const Ready first = open.top();
      open.pop();
      return first;
    };
    while (open.size() > 1) {
      const Ready a = take();
      const Ready b = take();
      open.emplace(std::get<0>(b) + latency, place++, join(a, b));
    }
    return open.top();
  }

  [[nodiscard]] std::int64_t best_time(OpId root) const {
    return std::get<0>(merge(root, [](const Ready&, const Ready&) { return OpId(); }));
  }

  OpId build(BodyEditor& editor, OpId root) const {
    const std::size_t leaf_count = leaves(root).size();
    const auto now = [&](const Ready& value) {
      return std::get<1>(value) < leaf_count ? editor.now(std::get<2>(value)) : std::get<2>(value);
    };
    return std::get<2>(merge(root, [&](const Ready& a, const Ready& b) {
      Op step = old_.op(root);
      step.operands = {now(a), now(b)};
      return editor.add(std::move(step));
    }));
  }

  Nest& nest_;
  const Nest old_;
  const LatencyOf& latency_of_;
  const RebalanceOptions options_;
  std::vector<bool> is_delayed_;
  std::vector<bool> is_step_;   // can be regrouped
  std::vector<bool> is_inner_;  // a step below the root of a tree
  std::vector<bool> is_new_tree_;
  std::vector<bool> is_dropped_;
  std::vector<std::int64_t> ready_;
};

}  // namespace

std::size_t rebalance(Nest& nest, const LatencyOf& latency_of, const RebalanceOptions& options) {
  return Rebalancer(nest, latency_of, options).run();
}

}  // namespace sluice
