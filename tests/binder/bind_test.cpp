#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <random>
#include <set>

#include "binder/binding.hpp"
#include "binder/combinational.hpp"
#include "binder/stats.hpp"
#include "core/kernel/builder.hpp"
#include "scheduler/clock.hpp"
#include "scheduler/list_scheduler.hpp"
#include "scheduler/phases.hpp"
#include "tests/binder/support/first_fit.hpp"
#include "tests/binder/support/random_body.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

const Target& generic() {
  static const Target target = *Target::load("generic");
  return target;
}

/// The most operations of one spec that a nest has at work in one cycle modulo ii: no binding has fewer units.
std::map<std::string, int> units_needed(const Kernel& kernel, const std::vector<ScheduledNest>& nests) {
  std::map<std::string, int> needed;
  for (std::size_t n = 0; n < nests.size(); ++n) {
    std::map<std::pair<std::string, int>, int> use;
    for (const auto node : nests[n].dfg.nodes()) {
      const Op& op = kernel.nests[n].op(nests[n].dfg[node].op);
      if (realization(kernel.nests[n], op) != Realization::unit) continue;
      const auto spec = to_string(unit_spec(kernel.nests[n], op));
      const int cycle = nests[n].schedule.slot(OperationId(node.index())).cycle % nests[n].schedule.ii;
      needed[spec] = std::max(needed[spec], ++use[{spec, cycle}]);
    }
  }
  return needed;
}

/// The most values of one width that live at once in a nest: no binding has fewer registers.
std::map<int, int> registers_needed(const Kernel& kernel, const std::vector<ScheduledNest>& nests) {
  std::map<int, int> needed;
  for (std::size_t n = 0; n < nests.size(); ++n) {
    const int ii = nests[n].schedule.ii;
    std::map<std::pair<int, int>, int> live;
    for (const auto node : nests[n].dfg.nodes()) {
      const int width = kernel.nests[n].op(nests[n].dfg[node].op).type.width();
      const int last = last_use(nests[n], node);
      const int ready = ready_cycle(kernel.nests[n], nests[n], node);
      for (std::int64_t cycle = std::int64_t{ready} + 1; cycle <= last; ++cycle) {
        needed[width] = std::max(needed[width], ++live[{width, static_cast<int>(cycle % ii)}]);
      }
    }
  }
  return needed;
}

}  // namespace

TEST_CASE("bindings of list schedules are right, with as few units and registers as live at once") {
  int more = 0;
  for (unsigned seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    const Kernel kernel = random_bodies(seed);
    const auto nests =
        list_scheduled(kernel, generic(), {.clock_ns = 10, .default_limit = 1 + static_cast<int>(seed % 3)});
    const Binding binding = bind(kernel, nests, generic(), {.clock_ns = 10});
    CHECK(to_string(verify(kernel, nests, binding)) == "");
    std::map<std::string, int> units;
    for (const auto& unit : binding.units) ++units[to_string(unit.spec)];
    for (const auto& [spec, needed] : units_needed(kernel, nests)) {
      CHECK(units[spec] >= needed);
      more += units[spec] - needed;
    }
    for (const auto& [width, needed] : registers_needed(kernel, nests)) {
      const auto have = std::count_if(binding.registers.begin(), binding.registers.end(),
                                      [w = width](const auto& reg) { return reg.width == w; });
      CHECK(have >= needed);
      CHECK(have <= needed + needed / 3 + 1);  // arcs on a circle may need more than are there at once
    }
  }
  CHECK(more <= 40);  // so that combinational units don't feed one another in a circle
}

TEST_CASE("bindings of pipelined schedules are right") {
  int bound = 0;
  int chains = 0;
  int swapped = 0;
  for (unsigned seed = 0; seed < 400; ++seed) {
    CAPTURE(seed);
    const Kernel kernel = random_bodies(seed);
    const ResourceOptions options{.clock_ns = 6, .default_limit = static_cast<int>(seed % 4)};
    const auto nests = pipelined(kernel, generic(), options, seed);
    if (!nests) continue;
    const Binding binding = bind(kernel, *nests, generic(), {.clock_ns = 6});
    CHECK(to_string(verify(kernel, *nests, binding)) == "");
    ++bound;
    for (const auto& nest : binding.nests) {
      swapped += static_cast<int>(std::count(nest.swapped.begin(), nest.swapped.end(), true));
      chains += static_cast<int>(std::count_if(nest.storage.begin(), nest.storage.end(),
                                               [](const auto& stretches) { return stretches.size() > 1; }));
    }
  }
  CHECK(bound > 150);
  CHECK(chains > 300);
  CHECK(swapped > 100);
}

TEST_CASE("a binding has no more units than first fit and fewer multiplexer inputs") {
  const auto inputs = [](const BindingStats& stats) {
    return stats.at_units.inputs + stats.at_registers.inputs + stats.at_memories.inputs;
  };
  std::int64_t ours = 0;
  std::int64_t straightforward = 0;
  std::size_t our_units = 0;
  std::size_t their_units = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    const Kernel kernel = random_bodies(seed);
    const ResourceOptions options{.clock_ns = 10, .default_limit = static_cast<int>(seed % 4)};
    std::vector<ScheduledNest> nests = list_scheduled(kernel, generic(), options);
    if (seed % 2 == 1) {
      auto overlapping = pipelined(kernel, generic(), options, seed);
      if (!overlapping) continue;
      nests = std::move(*overlapping);
    }
    Binding other = first_fit(kernel, nests);
    break_combinational_cycles(kernel, nests, other);
    REQUIRE(to_string(verify(kernel, nests, other)) == "");
    const Binding binding = bind(kernel, nests, generic(), {.clock_ns = 10});
    REQUIRE(to_string(verify(kernel, nests, binding)) == "");
    our_units += binding.units.size();
    their_units += other.units.size();
    ours += inputs(binding_stats(kernel, nests, binding, generic()));
    straightforward += inputs(binding_stats(kernel, nests, other, generic()));
  }
  MESSAGE("multiplexer inputs: ", ours, ", first fit ", straightforward);
  MESSAGE("units: ", our_units, ", first fit ", their_units);
  CHECK(our_units * 100 <= their_units * 101);  // both as few as possible, and some that keep circles apart
  CHECK(ours * 100 < straightforward * 85);
}

TEST_CASE("a value that outlives the interval moves through a chain of registers") {
  Kernel kernel{.name = "k"};
  const auto byte = ScalarType::signed_integer(8);
  const auto x = add_array(kernel, {"x", byte, {32}, ArrayRole::input, "x", {}});
  const auto y = add_array(kernel, {"y", byte, {32}, ArrayRole::output, "y", {}});
  NestBuilder nest(kernel, "n");
  const auto i = nest.loop("i", 32);
  const Value before = nest.delay(byte, 3);
  const Value loaded = nest.load(x, {i});
  nest.close(before, loaded);
  nest.store(y, {i}, nest.binary(Opcode::bit_xor, loaded, before));
  const auto dfg = build_dfg(kernel, kernel.nests[0]);
  const auto problem = build_problem(kernel, kernel.nests[0], dfg, generic(), {});
  Schedule schedule{.ii = 1, .length = 2, .slots = {{0, 0}, {1, 0}, {1, 0}}};
  set_phases(problem, schedule);
  REQUIRE(to_string(verify(problem, schedule)) == "");
  const std::vector<ScheduledNest> nests{{dfg, problem, schedule}};
  const Binding binding = bind(kernel, nests, generic(), {});
  CHECK(to_string(verify(kernel, nests, binding)) == "");
  CHECK(binding.registers.size() == 3);
  const auto& storage = binding.nests[0].storage[0];
  REQUIRE(storage.size() == 3);
  for (int k = 0; k < 3; ++k) {
    CHECK(storage[static_cast<std::size_t>(k)].first == k + 2);
    CHECK(storage[static_cast<std::size_t>(k)].last == k + 2);
    CHECK(register_at(storage, k + 2) == storage[static_cast<std::size_t>(k)].reg);
  }
  CHECK_FALSE(register_at(storage, 1));
  CHECK(last_use(nests[0], Dfg::NodeId(0)) == 4);
  CHECK(ready_cycle(kernel.nests[0], nests[0], Dfg::NodeId(0)) == 1);
}

TEST_CASE("a long chain is a pure shift register that other nests leave alone and other chains share") {
  constexpr int kLength = 64;
  Kernel kernel{.name = "k"};
  const auto word = ScalarType::signed_integer(32);
  const auto x = add_array(kernel, {"x", word, {100}, ArrayRole::input, "x", {}});
  for (int n = 0; n < 3; ++n) {
    const auto name = "y" + std::to_string(n);
    const auto y = add_array(kernel, {name, word, {100}, ArrayRole::output, name, {}});
    NestBuilder nest(kernel, "n" + std::to_string(n));
    const auto i = nest.loop("i", 100);
    const Value loaded = nest.load(x, {i});
    Value value = nest.add(loaded, loaded);
    if (n < 2) {
      const Value before = nest.delay(word, kLength);
      value = nest.add(nest.select(nest.guard({is_nonnegative(i - AffineExpr(kLength))}), before, loaded), loaded);
      nest.close(before, value);
    } else {
      for (int k = 0; k < 12; ++k) value = nest.multiply(value, loaded);
    }
    nest.store(y, {i}, value);
  }
  auto nests = list_scheduled(kernel, generic(), {.default_limit = 0});
  for (std::size_t n = 0; n < 2; ++n) {
    nests[n].schedule.ii = 1;
    set_phases(nests[n].problem, nests[n].schedule);
    REQUIRE(to_string(verify(nests[n].problem, nests[n].schedule)) == "");
  }
  const Binding binding = bind(kernel, nests, generic(), {});
  CHECK(to_string(verify(kernel, nests, binding)) == "");
  const auto chain_of = [&](std::size_t n) {
    std::vector<RegisterId> registers;
    for (const auto& storage : binding.nests[n].storage) {
      if (storage.size() < kLength / 2) continue;
      for (const auto& stretch : storage) registers.push_back(stretch.reg);
    }
    return registers;
  };
  const auto chain = chain_of(0);
  REQUIRE(chain.size() >= kLength - 2);
  CHECK(chain_of(1) == chain);
  for (const auto& storage : binding.nests[2].storage) {
    for (const auto& stretch : storage) CHECK(std::find(chain.begin(), chain.end(), stretch.reg) == chain.end());
  }
  CHECK(binding_stats(kernel, nests, binding, generic()).chain_registers >= kLength - 2);
}

TEST_CASE("nests share units and registers and without a limit operations of one nest don't") {
  Kernel kernel{.name = "k"};
  const auto type = ScalarType::floating(kFloat32);
  const auto x = add_array(kernel, {"x", type, {4}, ArrayRole::input, "x", {}});
  for (int n = 0; n < 2; ++n) {
    const auto name = "y" + std::to_string(n);
    const auto y = add_array(kernel, {name, type, {4}, ArrayRole::output, name, {}});
    NestBuilder nest(kernel, "n" + std::to_string(n));
    const auto i = nest.loop("i", 4);
    const Value loaded = nest.load(x, {i});
    const Value square = nest.multiply(loaded, loaded);
    nest.name(square, "square");
    nest.store(y, {i}, nest.multiply(square, loaded));
  }
  const auto count = [&](int limit) {
    const auto nests = list_scheduled(kernel, generic(), {.default_limit = limit});
    const auto binding = bind(kernel, nests, generic(), {});
    CHECK(to_string(verify(kernel, nests, binding)) == "");
    CHECK(binding.registers.size() <= 2);
    return binding.units.size();
  };
  CHECK(count(1) == 1);
  CHECK(count(0) == 2);
}

TEST_CASE("registers are called like the values in them") {
  const Kernel kernel = random_bodies(3);
  const auto nests = list_scheduled(kernel, generic(), {});
  const auto binding = bind(kernel, nests, generic(), {});
  std::set<std::string> names;
  for (const auto& reg : binding.registers) names.insert(reg.name);
  CHECK(names.size() == binding.registers.size());
  CHECK(std::any_of(names.begin(), names.end(), [](const auto& name) { return name.rfind("load_", 0) == 0; }));
}

TEST_SUITE("slow") {
  TEST_CASE("a body of 30000 operations goes from kernel to binding in seconds") {
    Kernel kernel{.name = "large"};
    const auto type = ScalarType::floating(kFloat32);
    const auto x = add_array(kernel, {"x", type, {64, 100}, ArrayRole::input, "x", {}});
    const auto s = add_array(kernel, {"s", type, {64, 1000}, ArrayRole::scratch, "", {}});
    NestBuilder nest(kernel, "n");
    const auto i = nest.loop("i", 64);
    std::vector<Value> values;
    for (int k = 0; k < 100; ++k) values.push_back(nest.load(x, {i, AffineExpr(k)}));
    std::mt19937 random(1);
    const auto some = [&] { return values[values.size() - 1 - random() % std::min<std::size_t>(values.size(), 300)]; };
    for (int k = 0; k < 14'000; ++k) {
      values.push_back(nest.multiply(some(), some()));
      values.push_back(nest.add(some(), some()));
    }
    for (int k = 0; k < 1000; ++k) nest.store(s, {i, AffineExpr(k)}, some());
    for (int k = 0; k < 1000; ++k) values.push_back(nest.load(s, {i, AffineExpr(k)}));

    auto start = std::chrono::steady_clock::now();
    const auto lap = [&](const std::string& what) {
      const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
      MESSAGE(what, ": ", seconds.count(), " s");
      start = std::chrono::steady_clock::now();
    };
    Dfg dfg = build_dfg(kernel, kernel.nests[0]);
    CHECK(verify(dfg, kernel.nests[0]).empty());
    lap("graph");
    const ResourceOptions options{.default_limit = 16};
    CHECK(check_clock(kernel, generic(), options).empty());
    auto problem = build_problem(kernel, kernel.nests[0], dfg, generic(), options);
    CHECK(verify(problem).empty());
    lap("problem");
    auto schedule = list_schedule(problem, {});
    REQUIRE(schedule);
    lap("schedule");
    CHECK(verify(problem, *schedule).empty());
    lap("its verification");
    const std::vector<ScheduledNest> nests{{std::move(dfg), std::move(problem), std::move(schedule).value()}};
    const Binding binding = bind(kernel, nests, generic(), {});
    lap("binding");
    CHECK(verify(kernel, nests, binding).empty());
    lap("its verification");
    MESSAGE(binding.units.size(), " units, ", binding.registers.size(), " registers, ii ", nests[0].schedule.ii);
  }
}
