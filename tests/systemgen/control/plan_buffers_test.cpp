#include "systemgen/control/plan_buffers.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

#include "tests/frontend/support/models.hpp"
#include "tests/systemgen/support/model_actors.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

using namespace sluice;

namespace {

/// The dataflow system of a model without lanes.
Design system_of(const std::string& text) {
  const test::TemporaryFolder place;
  FlowOptions options;
  options.model = place.path() / "model.onnx";
  options.optimisation = 1;
  std::ofstream(options.model, std::ios::binary) << test::parse_text(text).SerializeAsString();
  return test::model_actors(options).design(ActorOrder::dataflow);
}

/// Rows of a frame and of the buffer.
std::pair<std::int64_t, std::int64_t> rows(const Design& design, const std::string& channel) {
  const auto& timed = *design.system.timed;
  const auto found = std::ranges::find(timed.network.channels, channel, &TimedChannel::name);
  REQUIRE(found != timed.network.channels.end());
  return {found->rows, timed.capacities[static_cast<std::size_t>(found - timed.network.channels.begin())]};
}

}  // namespace

TEST_CASE("a tensor of which two frames are held is one row, others have as many as save bits") {
  // Each row of the product takes all of b, and few elements of a.
  const auto product = system_of("agraph (float[8,16] a, float[16,12] b) => (float[8,12] y) { y = MatMul(a, b) }");
  CHECK(rows(product, "b") == std::pair<std::int64_t, std::int64_t>(1, 2));
  const auto a = rows(product, "a");
  CHECK(a.second < a.first);
}
