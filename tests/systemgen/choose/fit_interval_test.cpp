#include "systemgen/choose/fit_interval.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "systemgen/flow.hpp"
#include "tests/frontend/support/models.hpp"
#include "tests/systemgen/support/command.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

using namespace sluice;

namespace {

Expected<FlowResult> build(FlowOptions options) {
  const test::TemporaryFolder place;
  options.output = place.path() / "out";
  options.optimisation = 2;
  options.stop_after = Stage::rtl;
  Progress silent(false);
  return run_flow(options, silent);
}

Expected<FlowResult> build_digits(FlowOptions options) {
  options.model = test::source_file("examples/digits/model.onnx");
  return build(std::move(options));
}

}  // namespace

TEST_CASE("an interval is reached, and with one multiplier less it is not") {
  for (const auto order : {ActorOrder::dataflow, ActorOrder::staged, ActorOrder::sequential}) {
    for (const std::int64_t interval : {1'000, 3'000, 9'000}) {
      CAPTURE(interval);
      FlowOptions options;
      options.order = order;
      options.goal.interval = interval;
      const auto reached = build_digits(options);
      REQUIRE_MESSAGE(reached.has_value(), to_string(reached.errors()));
      CHECK(reached->report.predicted_interval <= interval);
      options.goal = {reached->report.multipliers() - 1, {}};
      const auto fewer = build_digits(options);
      if (fewer) CHECK(fewer->report.predicted_interval > interval);
    }
  }
}

TEST_CASE("an interval that can't be reached is refused with what can") {
  FlowOptions options;
  options.goal.interval = 20;
  const auto refused = build_digits(options);
  REQUIRE(!refused.has_value());
  CHECK(to_string(refused.errors()).find("--interval: 20 cycles can't be reached (with ") == 0);
  options.goal = {5, 1'000};
  CHECK(to_string(build_digits(options).errors()).find("--interval: 1000 cycles can't be reached (with ") == 0);
}

TEST_CASE("an interval is reached by lanes where nothing multiplies") {
  const test::TemporaryFolder place;
  FlowOptions options;
  options.model = place.path() / "model.onnx";
  const auto model = test::parse_text(
      "agraph (float[1,8,16,16] x) => (float[1,8,8,8] y) {"
      " y = MaxPool <kernel_shape = [2,2], strides = [2,2]> (x) }");
  std::ofstream(options.model, std::ios::binary) << model.SerializeAsString();
  for (const std::int64_t interval : {2048, 1024, 256}) {
    CAPTURE(interval);
    options.goal = {{}, interval};
    const auto reached = build(options);
    REQUIRE_MESSAGE(reached.has_value(), to_string(reached.errors()));
    CHECK(reached->report.predicted_interval <= interval);
  }
}

TEST_CASE("an interval is reached by lanes of sums, whose number needs no multipliers") {
  const test::TemporaryFolder place;
  FlowOptions options;
  options.model = place.path() / "model.onnx";
  const auto model =
      test::parse_text("agraph (float[1,8,16,16] x) => (float[1,8,1,1] y) { y = GlobalAveragePool (x) }");
  std::ofstream(options.model, std::ios::binary) << model.SerializeAsString();
  for (const std::int64_t interval : {2048, 600, 128}) {
    CAPTURE(interval);
    options.goal = {{}, interval};
    const auto reached = build(options);
    REQUIRE_MESSAGE(reached.has_value(), to_string(reached.errors()));
    CHECK(reached->report.predicted_interval <= interval);
    CHECK(reached->report.predicted_interval > interval / 2);
    CHECK(reached->report.multipliers() == 1);
  }
}

TEST_CASE("an interval that split kernels reach takes no multiplier too many") {
  const test::TemporaryFolder place;
  FlowOptions options;
  options.model = place.path() / "model.onnx";
  const auto model = test::parse_text("agraph (float[8,6] x) => (float[8,6] y) { m = Softmax (x) y = Softmax (m) }");
  std::ofstream(options.model, std::ios::binary) << model.SerializeAsString();
  for (const std::int64_t interval : {60, 100, 200, 400}) {
    CAPTURE(interval);
    options.goal = {{}, interval};
    const auto reached = build(options);
    REQUIRE_MESSAGE(reached.has_value(), to_string(reached.errors()));
    CHECK(reached->report.predicted_interval <= interval);
    options.goal = {reached->report.multipliers() - 1, {}};
    const auto fewer = build(options);
    if (fewer) CHECK(fewer->report.predicted_interval > interval);
  }
}
