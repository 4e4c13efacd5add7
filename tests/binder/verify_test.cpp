#include <doctest/doctest.h>

#include <algorithm>

#include "binder/binding.hpp"
#include "tests/binder/support/random_body.hpp"
#include "tests/support/random_problem.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

/// A right binding to be spoilt.
struct Bound {
  explicit Bound(unsigned seed)
      : target(*Target::load("generic")),
        kernel(random_bodies(seed)),
        nests(list_scheduled(kernel, target, {.default_limit = 2})),
        binding(bind(kernel, nests, target, {})) {
    REQUIRE(to_string(verify(kernel, nests, binding)) == "");
  }

  [[nodiscard]] std::string verdict() const { return to_string(verify(kernel, nests, binding)); }
  [[nodiscard]] bool says(const std::string& text) const { return verdict().find(text) != std::string::npos; }

  /// Calls `visit(n, node)` for every node until it returns true; whether it did.
  template <typename Visit>
  bool find(const Visit& visit) {
    for (std::size_t n = 0; n < nests.size(); ++n) {
      for (std::size_t node = 0; node < nests[n].dfg.node_count(); ++node) {
        if (visit(n, node)) return true;
      }
    }
    return false;
  }

  Target target;
  Kernel kernel;
  std::vector<ScheduledNest> nests;
  Binding binding;
};

/// Runs `spoil` on many bindings; it returns whether it found something to spoil. Each must be refused with `text`.
template <typename Spoil>
void refused(const std::string& text, const Spoil& spoil) {
  int spoilt = 0;
  for (unsigned seed = 0; seed < 40; ++seed) {
    CAPTURE(seed);
    Bound bound(seed);
    if (!spoil(bound)) continue;
    ++spoilt;
    CHECK_MESSAGE(bound.says(text), bound.verdict());
  }
  CHECK(spoilt > 0);
}

}  // namespace

TEST_CASE("names are identifiers and unique") {
  refused("is no identifier", [](Bound& b) {
    if (b.binding.registers.empty()) return false;
    b.binding.registers.front().name = "2 go";
    return true;
  });
  refused("two units or registers are called", [](Bound& b) {
    if (b.binding.units.empty() || b.binding.registers.empty()) return false;
    b.binding.registers.front().name = b.binding.units.front().name;
    return true;
  });
}

TEST_CASE("there is a binding for each nest and node") {
  refused("schedules, ", [](Bound& b) { return b.binding.nests.pop_back(), true; });
  refused("entries of units", [](Bound& b) { return b.binding.nests[0].units.pop_back(), true; });
  refused("a register that is not there", [](Bound& b) {
    return b.find([&](auto n, auto node) {
      auto& storage = b.binding.nests[n].storage[node];
      if (storage.empty()) return false;
      storage[0].reg = RegisterId(b.binding.registers.size());
      return true;
    });
  });
  refused("a unit that is not there",
          [](Bound& b) { return b.binding.nests[0].units[0] = UnitId(b.binding.units.size()), true; });
}

TEST_CASE("operations have the units that they need") {
  const auto bound_node = [](Bound& b, auto change) {
    return b.find(
        [&](auto n, auto node) { return b.binding.nests[n].units[node] && change(b.binding.nests[n].units[node]); });
  };
  refused("it has no unit", [&](Bound& b) { return bound_node(b, [](auto& unit) { return unit.reset(), true; }); });
  refused("it has a unit and needs none", [](Bound& b) {
    if (b.binding.units.empty()) return false;
    return b.binding.nests[0].units[0] = UnitId(0), true;  // a load
  });
  refused("it needs ", [&](Bound& b) {
    return bound_node(b, [&](auto& unit) {
      for (std::size_t other = 0; other < b.binding.units.size(); ++other) {
        if (b.binding.units[other].spec == b.binding.units[unit->index()].spec) continue;
        unit = UnitId(other);
        return true;
      }
      return false;
    });
  });
  refused("scheduled with latency", [&](Bound& b) {
    return bound_node(b, [&](auto& unit) { return ++b.binding.units[unit->index()].timing.latency > 0; });
  });
  refused("scheduled with delays", [&](Bound& b) {
    return bound_node(b, [&](auto& unit) { return ++b.binding.units[unit->index()].timing.in_ps > 0; });
  });
}

TEST_CASE("only operands that commute are exchanged") {
  refused("its operands are exchanged, which changes what subtract gives", [](Bound& b) {
    return b.find([&](auto n, auto node) {
      if (b.kernel.nests[n].op(b.nests[n].dfg[Dfg::NodeId(node)].op).code != Opcode::subtract) return false;
      b.binding.nests[n].swapped[node] = true;
      return true;
    });
  });
  refused("its operands are exchanged", [](Bound& b) { return b.binding.nests[0].swapped[0] = true; });  // a load
  refused("of swapped", [](Bound& b) { return b.binding.nests[0].swapped.pop_back(), true; });
}

TEST_CASE("nothing does two things at one time") {
  refused("unit ", [](Bound& b) {  // puts an operation on the unit of one that starts in the same cycle
    return b.find([&](auto n, auto first) {
      return b.find([&](auto m, auto second) {
        const auto& units = b.binding.nests[n].units;
        const auto cycle = [&](auto node) { return b.nests[n].schedule.slots[node].cycle; };
        if (n != m || first == second || !units[first] || !units[second] || cycle(first) != cycle(second)) return false;
        if (!(b.binding.units[units[first]->index()].spec == b.binding.units[units[second]->index()].spec))
          return false;
        b.binding.nests[n].units[second] = units[first];
        return true;
      });
    });
  });
  refused("register ", [](Bound& b) {  // puts all that one nest stores into one wide register
    b.binding.registers.push_back({"all", 64});
    int stored = 0;
    for (auto& storage : b.binding.nests[0].storage) {
      for (auto& stretch : storage) {
        stretch.reg = RegisterId(b.binding.registers.size() - 1);
        stored += stretch.last - stretch.first + 1;
      }
    }
    return stored > b.nests[0].schedule.ii;
  });
  refused("read port of array x", [](Bound& b) {  // a second load where the first is
    auto& nest = b.kernel.nests[0];
    for (std::size_t node = 1; node < b.nests[0].dfg.node_count(); ++node) {
      auto& op = nest.body[b.nests[0].dfg[Dfg::NodeId(node)].op.index()];
      if (op.array.valid() || op.code != Opcode::affine) continue;
      op.array = nest.body[b.nests[0].dfg[Dfg::NodeId(0)].op.index()].array;
      b.nests[0].schedule.slots[node].cycle = b.nests[0].schedule.slots[0].cycle;
      return true;
    }
    return false;
  });
}

TEST_CASE("values are stored from when they are made to when they are last read") {
  const auto stored = [](Bound& b, auto change) {
    return b.find([&](auto n, auto node) {
      auto& storage = b.binding.nests[n].storage[node];
      return !storage.empty() && change(storage, n, node);
    });
  };
  refused("and no register holds it then",
          [&](Bound& b) { return stored(b, [](auto& storage, auto, auto) { return storage.clear(), true; }); });
  refused("and no register holds it then",
          [&](Bound& b) { return stored(b, [](auto& storage, auto, auto) { return --storage.back().last >= 0; }); });
  refused(", expected from ",
          [&](Bound& b) { return stored(b, [](auto& storage, auto, auto) { return ++storage.front().first > 0; }); });
  refused("cycles in ", [&](Bound& b) {
    return stored(b, [&](auto& storage, auto n, auto) {
      storage.back().last = storage.back().first + b.nests[n].schedule.ii;
      return true;
    });
  });
  refused(" bits in ", [&](Bound& b) {
    return stored(
        b, [&](auto& storage, auto, auto) { return --b.binding.registers[storage.front().reg.index()].width >= 0; });
  });
  refused("it needs no register", [](Bound& b) {
    return b.find([&](auto n, auto node) {
      if (b.binding.registers.empty()) return false;
      if (b.kernel.nests[n].op(b.nests[n].dfg[Dfg::NodeId(node)].op).code != Opcode::constant) return false;
      b.binding.nests[n].storage[node].push_back({RegisterId(0), 1, 1});
      return true;
    });
  });
  refused("reads it in cycle", [](Bound& b) {  // a reader that comes before its operand
    for (const auto& dependence : b.nests[0].problem.dependences) {
      if (!dependence.data || dependence.distance > 0 || dependence.latency == 0) continue;
      b.nests[0].schedule.slots[dependence.to.index()].cycle = 0;
      return true;
    }
    return false;
  });
}

TEST_CASE("only what is the same in all of a nest may be read without being kept") {
  refused("as if it gave the same in all of the nest", [](Bound& bound) {
    return bound.find([&](std::size_t n, std::size_t node) {
      const Op& op = bound.kernel.nests[n].op(bound.nests[n].dfg[Dfg::NodeId(node)].op);
      if (op.code != Opcode::load || bound.nests[n].problem.operations[node].width == 0) return false;
      bound.nests[n].problem.operations[node].width = 0;
      return true;
    });
  });
}
