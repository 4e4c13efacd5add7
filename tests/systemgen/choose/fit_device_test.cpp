#include "systemgen/choose/fit_device.hpp"

#include <doctest/doctest.h>

#include "systemgen/flow.hpp"
#include "systemgen/lower_graph.hpp"
#include "systemgen/read_model.hpp"
#include "tests/systemgen/support/command.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

using namespace sluice;

namespace {

Device device(int multipliers, int luts, int registers, int blocks) {
  return {"T", multipliers, luts, registers, blocks, {{16384, 1}, {512, 36}}, 0.5, 32};
}

/// Designs of the digits example.
struct Digits {
  explicit Digits(const Device& part) {
    options.model = test::source_file("examples/digits/model.onnx");
    options.optimisation = 2;
    graph = *import_model(options, silent);
    REQUIRE(optimise(options, graph, stats, silent).empty());
    builder.emplace(graph, StreamableKernels(*lower_graph(graph)),
                    actor_options(options, target, target.default_clock_ns()), pipeline_options(options, stats, silent),
                    SystemOptions{ActorOrder::sequential, "digits", part});
  }

  Target target = Target::load("xc7").value();
  FlowOptions options;
  Dumper silent;
  std::vector<PassStats> stats;
  TensorGraph graph;
  std::optional<DesignBuilder> builder;
  Progress progress{false};
};

}  // namespace

TEST_CASE("the design that is chosen for a device fits, and with one more multiplier it does not") {
  constexpr int kPlenty = 1'000'000;
  for (const auto& [multipliers, luts, registers] :
       {std::array{23, kPlenty, kPlenty}, std::array{kPlenty, 14'000, kPlenty}, std::array{kPlenty, kPlenty, 3'000}}) {
    Digits digits(device(multipliers, luts, registers, kPlenty));
    const auto found = fit_device(*digits.builder, "t", 64, digits.progress);
    REQUIRE_MESSAGE(found.has_value(), to_string(found.errors()));
    CHECK(*found >= 4);
    CHECK(*found < 64);
    CHECK(fits(digits.builder->build(*found, digits.progress)->device_use));
    CHECK(!fits(digits.builder->build(*found + 1, digits.progress)->device_use));
  }
}

TEST_CASE("a device with plenty of everything gets all multipliers that are allowed") {
  Digits digits(device(100'000, 10'000'000, 10'000'000, 100'000));
  CHECK(fit_device(*digits.builder, "t", 9, digits.progress).value() == 9);
}

TEST_CASE("a design that can't fit is refused with the figures") {
  Digits digits(device(1'000, 1'000'000, 1'000'000, 3));
  const auto found = fit_device(*digits.builder, "t", 64, digits.progress);
  REQUIRE(!found.has_value());
  const std::string text = to_string(found.errors());
  CHECK_MESSAGE(text.find("--target t: the design does not fit: multipliers 8 of 1,000 (1%)") == 0, text);
  CHECK_MESSAGE(text.find(" of 3 (") != std::string::npos, text);
}

TEST_CASE("the flow builds what fits into a named part, and its report says how much of it is used") {
  const test::TemporaryFolder place;
  FlowOptions options;
  options.model = test::source_file("examples/digits/model.onnx");
  options.output = place.path() / "out";
  options.optimisation = 2;
  options.stop_after = Stage::rtl;
  Progress silent(false);
  options.target = "ecp5-45f";
  const auto fitting = run_flow(options, silent);
  REQUIRE_MESSAGE(fitting.has_value(), to_string(fitting.errors()));
  CHECK(fitting->report.device == "LFE5U-45F");
  CHECK(fits(fitting->report.device_use));
  CHECK(fitting->report.multipliers() > 4);
  CHECK(to_table(fitting->report).find("LFE5U-45F: multipliers ") != std::string::npos);
  for (const int optimisation : {1, 2}) {
    options.target = "ice40-up5k";
    options.optimisation = optimisation;
    const auto refused = run_flow(options, silent);
    REQUIRE(!refused.has_value());
    CHECK(to_string(refused.errors()).find("--target ice40-up5k: the design does not fit") == 0);
  }
}
