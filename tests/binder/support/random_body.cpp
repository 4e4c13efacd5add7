#include "tests/binder/support/random_body.hpp"

#include <doctest/doctest.h>

#include "core/kernel/builder.hpp"
#include "scheduler/list_scheduler.hpp"
#include "tests/support/random_schedule.hpp"

namespace sluice::test {
namespace {

constexpr ScalarType kByte = ScalarType::signed_integer(8);
constexpr ScalarType kWord = ScalarType::signed_integer(32);
constexpr ScalarType kFloat = ScalarType::floating(kFloat32);

class BodyGenerator {
 public:
  explicit BodyGenerator(unsigned seed) : random_(seed) { kernel_.name = "random"; }

  Kernel run() {
    x_ = add_array(kernel_, {"x", kByte, {16}, ArrayRole::input, "x", {}});
    w_ = add_array(kernel_, {"w", kFloat, {16}, ArrayRole::input, "w", {}});
    for (int n = pick(random_, 1, 3); n > 0; --n) add_nest(n);
    return std::move(kernel_);
  }

 private:
  void add_nest(int number) {
    NestBuilder nest(kernel_, "nest" + std::to_string(number));
    const auto i = nest.loop("i", 16);
    by_type_ = {};
    open_.clear();
    add(nest, nest.load(x_, {i}));
    add(nest, nest.load(w_, {i}));
    add(nest, nest.affine(kWord, i * 3));
    add(nest, nest.integer(kWord, 77));
    for (int k = pick(random_, 2, 30); k > 0; --k) add(nest, operation(nest, i));
    for (const auto& [delay, type] : open_) nest.close(delay, some(nest, type));
    const ScalarType type = pick(random_, 0, 1) ? kFloat : kWord;
    const auto y = add_array(
        kernel_, {"y" + std::to_string(number), type, {16}, ArrayRole::output, "y" + std::to_string(number), {}});
    const Value last = nest.guard({is_nonnegative(i - AffineExpr(3))});
    nest.store(y, {i}, some(nest, type), last);
  }

  static std::size_t kind(ScalarType type) { return type == kByte ? 0 : type == kWord ? 1 : 2; }
  void add(NestBuilder& nest, Value value) { by_type_[kind(nest.type(value))].push_back(value); }

  /// A value of that type, of any age.
  Value some(NestBuilder& nest, ScalarType type) {
    auto& values = by_type_[kind(type)];
    if (values.empty()) return nest.constant(type, 0);
    return values[static_cast<std::size_t>(pick(random_, 0, static_cast<int>(values.size()) - 1))];
  }

  Value operation(NestBuilder& nest, const AffineExpr& i) {
    const std::array types{kByte, kWord, kFloat};
    const ScalarType type = types[static_cast<std::size_t>(pick(random_, 0, 2))];
    switch (pick(random_, 0, 7)) {
      case 0:
        return nest.multiply(some(nest, type), some(nest, type));
      case 1:
        return nest.subtract(some(nest, type), some(nest, type));
      case 2:
        return nest.multiply(some(nest, kByte), some(nest, kByte), kWord);
      case 3:
        return nest.select(nest.guard({is_zero(i - AffineExpr(pick(random_, 0, 15)))}), some(nest, type),
                           some(nest, type));
      case 4:
        return nest.minimum(some(nest, type), some(nest, type));
      case 5: {
        const Value delay = nest.delay(type, pick(random_, 1, 4));
        open_.emplace_back(delay, type);
        return delay;
      }
      default: {
        const Value sum = nest.add(some(nest, type), some(nest, type));
        if (pick(random_, 0, 1)) nest.name(sum, "sum");
        return sum;
      }
    }
  }

  std::mt19937 random_;
  Kernel kernel_;
  ArrayId x_;
  ArrayId w_;
  std::array<std::vector<Value>, 3> by_type_;
  std::vector<std::pair<Value, ScalarType>> open_;  // delays that wait for what they delay
};

}  // namespace

Kernel random_bodies(unsigned seed) {
  Kernel kernel = BodyGenerator(seed).run();
  REQUIRE(to_string(verify(kernel)) == "");
  return kernel;
}

std::vector<ScheduledNest> list_scheduled(const Kernel& kernel, const Target& target, const ResourceOptions& options) {
  std::vector<ScheduledNest> nests;
  for (const auto& nest : kernel.nests) {
    auto dfg = build_dfg(kernel, nest);
    auto problem = build_problem(kernel, nest, dfg, target, options);
    auto schedule = list_schedule(problem, {});
    REQUIRE(schedule);
    nests.push_back({std::move(dfg), std::move(problem), std::move(schedule).value()});
  }
  return nests;
}

std::optional<std::vector<ScheduledNest>> pipelined(const Kernel& kernel, const Target& target,
                                                    const ResourceOptions& options, unsigned seed) {
  std::vector<ScheduledNest> nests;
  for (const auto& nest : kernel.nests) {
    auto dfg = build_dfg(kernel, nest);
    auto problem = build_problem(kernel, nest, dfg, target, options);
    std::optional<Schedule> schedule;
    for (int ii = 1; ii <= 30 && !schedule; ++ii)
      schedule = random_schedule(problem, ii, static_cast<int>(seed % 5), seed);
    if (!schedule) return std::nullopt;
    nests.push_back({std::move(dfg), std::move(problem), std::move(*schedule)});
  }
  return nests;
}

}  // namespace sluice::test
