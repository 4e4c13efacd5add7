#include "systemgen/choose/rebalance_nests.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/kernel/builder.hpp"

using namespace sluice;

namespace {

/// Additions on the longest way to the stored value.
int depth(const Nest& nest) {
  std::vector<int> depths;
  for (const auto& op : nest.body) {
    int most = 0;
    for (const auto operand : op.operands) most = std::max(most, depths[operand.index()]);
    depths.push_back(most + (op.code == Opcode::add ? 1 : 0));
  }
  return depths.back();
}

/// y = the sum of `products` products and then of `loads` elements, one after another.
Kernel sum_of(ScalarType type, int products, int loads) {
  Kernel kernel{.name = "k", .operation = "", .onnx_nodes = {}, .arrays = {}, .token_loops = {}, .nests = {}};
  const ArrayId x = add_array(kernel, {"x", type, {64}, ArrayRole::input, "x", nullptr});
  const ArrayId y = add_array(kernel, {"y", type, {1}, ArrayRole::output, "y", nullptr});
  NestBuilder nest(kernel, "n");
  std::vector<Value> terms;
  for (int i = 0; i < products; ++i)
    terms.push_back(nest.binary(Opcode::multiply, nest.load(x, {i}), nest.load(x, {i + 1}), type));
  for (int i = 0; i < loads; ++i) terms.push_back(nest.load(x, {i}));
  Value sum = terms.front();
  for (std::size_t i = 1; i < terms.size(); ++i) sum = nest.binary(Opcode::add, sum, terms[i], type);
  nest.store(y, {0}, sum);
  return kernel;
}

}  // namespace

TEST_CASE("sums become trees by the target's delays, floats only where they may") {
  const auto target = Target::load("generic");
  REQUIRE(target.has_value());
  const ActorOptions actor{&*target, nullptr, {10, 0, {}}, true};
  const ScalarType single = ScalarType::floating(kFloat32);
  Kernel kernel = sum_of(single, 0, 25);
  CHECK(rebalance_nests(kernel, actor, false) == 0);
  CHECK(depth(kernel.nests[0]) == 24);
  CHECK(rebalance_nests(kernel, actor, true) == 1);
  CHECK(depth(kernel.nests[0]) == 5);

  // The product is late: what is loaded is added up before, and the product enters at the root.
  kernel = sum_of(single, 1, 2);
  CHECK(rebalance_nests(kernel, actor, true) == 1);
  const Nest& nest = kernel.nests[0];
  const Op& root = nest.op(nest.body.back().operands[0]);
  CHECK(std::ranges::any_of(root.operands, [&](OpId id) { return nest.op(id).code == Opcode::multiply; }));

  // Integer adders have no registers, and the delays of a chain of them count too.
  kernel = sum_of(ScalarType::signed_integer(32), 0, 25);
  CHECK(rebalance_nests(kernel, actor, false) == 1);
  CHECK(depth(kernel.nests[0]) == 5);
}
