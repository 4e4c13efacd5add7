#include "core/dfg/access_distance.hpp"

#include <doctest/doctest.h>

#include "core/kernel/builder.hpp"
#include "core/kernel/odometer.hpp"
#include "tests/support/random_problem.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

constexpr ScalarType kByte = ScalarType::signed_integer(8);

/// Which element the operation touches in each iteration of token loops and nest together; -1 where it doesn't.
std::vector<std::int64_t> touched(const Kernel& kernel, const Nest& nest, const Op& op) {
  const auto trips = trip_counts(kernel, nest);
  const auto address = linear_address(kernel.array(op.array), op.index);
  const std::size_t predicate = op.code == Opcode::store ? 1 : 0;
  std::vector<std::int64_t> result;
  Odometer odometer(trips, 0);
  do {
    bool takes_place = true;
    if (op.operands.size() > predicate) {
      for (const auto& condition : nest.op(op.operands[predicate]).conditions) {
        const auto value = condition.expr.evaluate(odometer.iterators());
        takes_place = takes_place && (condition.kind == Condition::Kind::zero ? value == 0 : value >= 0);
      }
    }
    result.push_back(takes_place ? address.evaluate(odometer.iterators()) : -1);
  } while (odometer.step() >= 0);
  return result;
}

std::optional<std::int64_t> searched(const std::vector<std::int64_t>& from, const std::vector<std::int64_t>& to,
                                     std::int64_t least) {
  for (auto distance = static_cast<std::size_t>(least); distance < from.size(); ++distance) {
    for (std::size_t i = 0; i + distance < from.size(); ++i) {
      if (from[i] >= 0 && from[i] == to[i + distance]) return static_cast<std::int64_t>(distance);
    }
  }
  return std::nullopt;
}

struct RandomAccesses {
  Kernel kernel{.name = "k"};
  Op load;
  Op store;
  bool guarded = false;
  bool equal_coefficients = false;
};

/// A load and a store of one array with random addresses.
RandomAccesses random_accesses(unsigned seed) {
  std::mt19937 random(seed);
  RandomAccesses result;
  Kernel& kernel = result.kernel;
  for (int i = pick(random, 0, 1); i > 0; --i) kernel.token_loops.push_back({"t", pick(random, 1, 4)});
  const auto array = add_array(kernel, {"s", kByte, {1000}, ArrayRole::scratch, "", {}});
  NestBuilder nest(kernel, "n");
  for (int i = pick(random, 1, 3); i > 0; --i) nest.loop("i", pick(random, 1, 5));
  const auto trips = trip_counts(kernel, kernel.nests[0]);
  AffineExpr address(300);
  for (std::size_t i = 0; i < trips.size(); ++i) address += AffineExpr::iterator(i) * pick(random, -6, 6);
  AffineExpr other = address + AffineExpr(pick(random, -12, 12));
  result.equal_coefficients = pick(random, 0, 3) > 0;
  if (!result.equal_coefficients) other += AffineExpr::iterator(trips.size() - 1) * pick(random, 1, 5);
  const auto guard = [&]() -> std::optional<Value> {
    if (pick(random, 0, 2) > 0) return std::nullopt;
    result.guarded = true;
    const auto loop = static_cast<std::size_t>(pick(random, 0, static_cast<int>(trips.size()) - 1));
    const auto expr = AffineExpr::iterator(loop) - AffineExpr(pick(random, 0, static_cast<int>(trips[loop]) - 1));
    return nest.guard({pick(random, 0, 1) ? is_zero(expr) : is_nonnegative(expr)});
  };
  const Value loaded = nest.load(array, {address}, guard());
  nest.store(array, {other}, loaded, guard());
  result.load = kernel.nests[0].op(loaded);
  result.store = kernel.nests[0].body.back();
  return result;
}

}  // namespace

TEST_CASE("distances equal those found by running through all iterations, where coefficients are equal") {
  int none = 0;
  int far = 0;
  for (unsigned seed = 0; seed < 3000; ++seed) {
    CAPTURE(seed);
    const auto random = random_accesses(seed);
    const Nest& nest = random.kernel.nests[0];
    const auto loads = touched(random.kernel, nest, random.load);
    const auto stores = touched(random.kernel, nest, random.store);
    const auto check = [&](const Op& from, const Op& to, const auto& from_touched, const auto& to_touched, int least) {
      const auto found = access_distance(trip_counts(random.kernel, nest), access_pattern(random.kernel, nest, from),
                                         access_pattern(random.kernel, nest, to), least);
      const auto expected = searched(from_touched, to_touched, least);
      if (random.equal_coefficients) {
        CHECK(found == expected);
        none += !expected;
        far += expected && *expected > 1;
      } else if (expected) {  // otherwise it need only be safe
        REQUIRE(found);
        CHECK(*found <= *expected);
      }
    };
    check(random.load, random.store, loads, stores, 0);
    check(random.store, random.load, stores, loads, 1);
    check(random.store, random.store, stores, stores, 1);
  }
  CHECK(none > 500);
  CHECK(far > 300);
}

TEST_CASE("a search that is too long is answered on the safe side") {
  Kernel kernel{.name = "k"};
  const auto array = add_array(kernel, {"s", kByte, {3'000'000}, ArrayRole::scratch, "", {}});
  NestBuilder nest(kernel, "n");
  AffineExpr address;
  for (int i = 0; i < 8; ++i) address += nest.loop("i", 20) * (2 * (i % 3 + 1) * 997);
  nest.store(array, {address}, nest.load(array, {address + AffineExpr(1)}));
  const auto& body = kernel.nests[0].body;
  const auto found =
      access_distance(trip_counts(kernel, kernel.nests[0]), access_pattern(kernel, kernel.nests[0], body[1]),
                      access_pattern(kernel, kernel.nests[0], body[0]), 1);
  CHECK((!found || *found == 1));
}
