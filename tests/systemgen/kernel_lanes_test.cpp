#include "systemgen/kernel_lanes.hpp"

#include <doctest/doctest.h>

#include "core/kernel/builder.hpp"

using namespace sluice;

namespace {

/// Token loop of 6; one nest of 5 x 7, another of 3.
Kernel two_nests() {
  Kernel kernel;
  kernel.name = "nests";
  kernel.token_loops = {{"row", 6}};
  kernel.nests = {{"a", {{"i", 5}, {"j", 7}}, {}}, {"b", {{"i", 3}}, {}}};
  return kernel;
}

}  // namespace

TEST_CASE("lanes are said in the words of the kernel, and iterations are rounded up") {
  const Kernel kernel = two_nests();
  CHECK(to_string(lanes_of(kernel, no_parallelism(kernel))) == "");
  CHECK(lanes_of(kernel, no_parallelism(kernel)).iterations == 6 * (35 + 3));
  const KernelLanes lanes = lanes_of(kernel, {1, {{2, 7}, {3}}});
  CHECK(lanes.iterations == 6 * (3 * 1 + 1));
  CHECK(to_string(lanes) == "a.i x2, a.j x7, b.i x3");
  const KernelLanes coarse = lanes_of(kernel, {3, {{1, 1}, {1}}});
  CHECK(coarse.iterations == 2 * (35 + 3));
  CHECK(to_string(coarse) == "row x3");
}

TEST_CASE("lanes that would have nothing to do are not counted") {
  const Kernel kernel = two_nests();
  const KernelLanes lanes = lanes_of(kernel, {1, {{4, 1}, {1}}});  // three lanes do two each
  REQUIRE(lanes.loops.size() == 1);
  CHECK(lanes.loops[0] == LoopLanes{"a", "i", 5, 3});
}
