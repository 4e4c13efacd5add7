#include "benchmarks/scheduler/large_body.hpp"

#include <array>
#include <random>

#include "core/kernel/builder.hpp"
#include "scheduler/nest_problem.hpp"

namespace sluice::bench {
namespace {

constexpr ScalarType kFloat = ScalarType::floating(kFloat32);
constexpr ScalarType kWord = ScalarType::signed_integer(32);
constexpr int kUnits = 16;

class Body {
 public:
  Body(std::size_t operations, unsigned seed) : operations_(operations), random_(seed) {}

  Kernel run() {
    kernel_.name = "large";
    std::array<ArrayId, kUnits> arrays;
    for (std::size_t a = 0; a < arrays.size(); ++a) {
      const std::string name = "x" + std::to_string(a);
      arrays[a] = add_array(kernel_, {name, a % 2 == 0 ? kFloat : kWord, {64}, ArrayRole::input, name, {}});
    }
    const auto y = add_array(kernel_, {"y", kFloat, {16}, ArrayRole::output, "y", {}});
    NestBuilder nest(kernel_, "body");
    const auto i = nest.loop("i", 16);
    const auto& body = kernel_.nests[0].body;
    for (const auto array : arrays) add(nest, nest.load(array, {i}));
    while (body.size() < operations_) {
      const std::uint32_t dice = pick(100);
      if (dice < 20) {
        add(nest, nest.load(arrays[pick(kUnits)], {i + AffineExpr(pick(48))}));
      } else if (dice < 22) {
        const bool is_float = pick(2) == 0;
        const Value before = nest.delay(is_float ? kFloat : kWord, 1 + pick(4));
        const Value sum = nest.add(nest.select(nest.guard({is_zero(i)}), some(is_float), before), some(is_float));
        nest.close(before, sum);
        add(nest, sum);
      } else {
        add(nest, operation(nest, dice));
      }
    }
    nest.store(y, {i}, some(true));
    return std::move(kernel_);
  }

 private:
  std::uint32_t pick(std::uint32_t below) { return static_cast<std::uint32_t>(random_() % below); }

  void add(NestBuilder& nest, Value value) { values_[nest.type(value) == kFloat ? 1 : 0].push_back(value); }

  Value some(bool is_float) {
    const auto& values = values_[is_float ? 1 : 0];
    const auto latest = std::min<std::size_t>(values.size(), 100);
    return values[values.size() - 1 - pick(static_cast<std::uint32_t>(latest))];
  }

  Value operation(NestBuilder& nest, std::uint32_t dice) {
    if (dice < 45) return nest.multiply(some(true), some(true));
    if (dice < 65) return nest.add(some(true), some(true));
    if (dice < 80) return nest.add(some(false), some(false));
    if (dice < 90) return nest.minimum(some(false), some(false));
    return nest.select(nest.compare(Opcode::less, some(false), some(false)), some(true), some(true));
  }

  std::size_t operations_;
  std::mt19937 random_;
  Kernel kernel_;
  std::array<std::vector<Value>, 2> values_;  // integers, floats
};

}  // namespace

Kernel large_body(std::size_t operations, unsigned seed) { return Body(operations, seed).run(); }

ScheduledNest unscheduled(const Kernel& kernel, const Target& target) {
  const ResourceOptions options{.default_limit = kUnits};
  ScheduledNest nest{build_dfg(kernel, kernel.nests[0]), {}, {}};
  nest.problem = build_problem(kernel, kernel.nests[0], nest.dfg, target, options);
  return nest;
}

}  // namespace sluice::bench
