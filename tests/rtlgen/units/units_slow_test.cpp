#include <doctest/doctest.h>

#include "tests/rtlgen/units/unit_bench.hpp"

using namespace sluice;

namespace {

constexpr auto kF32 = ScalarType::floating(kFloat32);

/// Feeds a pipelined unit with one pair a cycle and compares with the host's FPU, LATENCY cycles later.
constexpr std::string_view kHarness = R"(
#include <array>
#include <cstdio>

#include "Vunit.h"
#include "tests/core/arith/float_samples.hpp"
#include "tests/core/arith/host_fpu.hpp"

int main() {
  const FlushMode flush;
  Vunit unit;
  FloatSampler sampler(sluice::kFloat32, 11);
  std::array<std::uint64_t, LATENCY + 1> expected{};
  std::uint64_t wrong = 0;
  for (std::uint64_t i = 0; i < VECTORS; ++i) {
    const auto [a, b] = sampler.pair();
    unit.a_i = static_cast<std::uint32_t>(a);
    unit.b_i = static_cast<std::uint32_t>(b);
    unit.mode_i = i & 1;
    expected[i % (LATENCY + 1)] = MULTIPLY ? host_mul(a, b) : (i & 1) != 0 ? host_sub(a, b) : host_add(a, b);
    unit.clk = 0;
    unit.eval();
    if (i >= LATENCY && unit.y_o != expected[(i + 1) % (LATENCY + 1)] && wrong++ < 10) {
      std::printf("vector %llu: %08x\n", static_cast<unsigned long long>(i - LATENCY), unit.y_o);
    }
    unit.clk = 1;
    unit.eval();
  }
  std::printf("%llu wrong\n", static_cast<unsigned long long>(wrong));
}
)";

void check_against_host(const UnitUse& use, int latency) {
  const TemporaryFolder folder;
  folder.write_units();
  folder.write("main.cpp", kHarness);
  folder.write("unit.v",
               "module unit (input wire clk, input wire [31:0] a_i, input wire [31:0] b_i, input wire mode_i, "
               "output wire [31:0] y_o);\n" +
                   instance_text(use, "i_unit", "a_i", "b_i", "mode_i", "y_o") + "endmodule\n");
  const auto outcome = folder.run(
      fmt::format("verilator --cc --exe --build -j 2 -O3 -Wno-fatal -Wno-lint --top-module unit "
                  "-CFLAGS '-std=c++20 -O3 -march=native -I{0} -DVECTORS=100000000 -DLATENCY={1} -DMULTIPLY={2}' "
                  "main.cpp unit.v {0}/core/arith/float_ops.cpp {0}/core/arith/float_parts.cpp "
                  "{0}/core/arith/float_add.cpp {0}/core/arith/float_mul.cpp {0}/core/arith/float_div.cpp "
                  "{0}/core/arith/float_sqrt.cpp > build.log && ./obj_dir/Vunit",
                  SLUICE_SOURCE_DIR, latency, use.unit == "fp_mul" ? 1 : 0));
  CHECK(outcome.output == "0 wrong\n");
}

}  // namespace

TEST_SUITE("slow") {
  TEST_CASE("float32 sums of 100 million pairs equal the host's") {
    check_against_host({"fp_add", {kF32, kF32}, kF32, 0b000100}, 1);
  }

  TEST_CASE("float32 products of 100 million pairs equal the host's") {
    check_against_host({"fp_mul", {kF32, kF32}, kF32, 0b00010}, 1);
  }
}
