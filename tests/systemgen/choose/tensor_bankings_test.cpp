#include "systemgen/choose/tensor_bankings.hpp"

#include <doctest/doctest.h>

#include "core/kernel/builder.hpp"

using namespace sluice;

namespace {

/// Copies a tensor along all of its dimensions, in its own view of it.
Kernel copier(const std::string& from, const std::string& to, const Shape& shape) {
  Kernel kernel{.name = "copy_" + to};
  const ScalarType type = ScalarType::signed_integer(8);
  const ArrayId x = add_array(kernel, {from, type, shape, ArrayRole::input, from, {}});
  const ArrayId y = add_array(kernel, {to, type, shape, ArrayRole::output, to, {}});
  NestBuilder nest(kernel, "copy");
  std::vector<AffineExpr> index;
  for (std::size_t d = 0; d < shape.size(); ++d) index.push_back(nest.loop("i" + std::to_string(d), shape[d]));
  nest.store(y, index, nest.load(x, index));
  return kernel;
}

Parallelism lanes(std::vector<std::int64_t> lanes) { return {1, {std::move(lanes)}}; }

}  // namespace

TEST_CASE("makers and readers get banks that serve both, each in its own view") {
  const std::vector<Kernel> kernels{copier("a", "b", {12, 2, 2}), copier("b", "c", {48})};
  const auto bankings = choose_bankings(kernels, {lanes({6, 1, 1}), lanes({4})});
  REQUIRE(bankings[0].contains(ArrayId(1)));
  REQUIRE(bankings[1].contains(ArrayId(0)));
  const Banking& made = bankings[0].at(ArrayId(1));
  CHECK(made.dimensions[0] == DimensionBanks{12, 1});  // blocks of 2 and of 3
  CHECK(same_places(made, bankings[1].at(ArrayId(0))));
  CHECK(bankings[0].at(ArrayId(0)).dimensions[0] == DimensionBanks{6, 2});
  CHECK(bankings[1].at(ArrayId(1)).dimensions[0] == DimensionBanks{4, 12});
}

TEST_CASE("a tensor in which somebody looks elements up stays in one bank") {
  std::vector<Kernel> kernels{copier("a", "b", {12}), copier("b", "c", {12})};
  kernels.push_back({.name = "gather"});
  const ScalarType type = ScalarType::signed_integer(8);
  const ArrayId x = add_array(kernels[2], {"b", type, {12}, ArrayRole::input, "b", {}});
  const ArrayId y = add_array(kernels[2], {"d", type, {12}, ArrayRole::output, "d", {}});
  NestBuilder nest(kernels[2], "gather");
  const AffineExpr i = nest.loop("i", 12);
  nest.store(y, {i}, nest.lookup(x, nest.affine(ScalarType::unsigned_integer(4), AffineExpr(11) - i)));
  const auto bankings = choose_bankings(kernels, {lanes({4}), lanes({4}), lanes({1})});
  CHECK(bankings[0].contains(ArrayId(0)));
  CHECK_FALSE(bankings[0].contains(ArrayId(1)));
  CHECK_FALSE(bankings[1].contains(ArrayId(0)));
}

TEST_CASE("banks that are no blocks in a view are none there") {
  CHECK(banking_in_view({{8, 4}, {{4, 2}, {1, 1}}}, {32}) == Banking{{32}, {{4, 8}}});
  CHECK_FALSE(banking_in_view({{8, 4}, {{4, 2}, {2, 2}}}, {32}));
}
