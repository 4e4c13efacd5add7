#include "tests/systemgen/support/single_operator.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <fstream>

#include "tests/frontend/support/models.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

namespace sluice::test {

onnx::ModelProto convolution(std::int64_t kernel, std::int64_t in, std::int64_t out, std::int64_t size,
                             std::int64_t groups) {
  const Shape weights{out, in / groups, kernel, kernel};
  const std::int64_t pad = kernel / 2;
  return parse_text(fmt::format("agraph (float[1,{0},{1},{1}] x) => (float[1,{2},{1},{1}] y) {{"
                                " y = Conv <group = {3}, pads = [{4},{4},{4},{4}]> (x, w, b) }}",
                                in, size, out, groups, pad),
                    {{"w", random_tensor({ElementType::float32, weights}, 1)},
                     {"b", random_tensor({ElementType::float32, {out}}, 2)}});
}

onnx::ModelProto product(std::int64_t m, std::int64_t k, std::int64_t n) {
  return parse_text(fmt::format("agraph (float[{},{}] x) => (float[{},{}] y) {{ y = MatMul (x, w) }}", m, k, m, n),
                    {{"w", random_tensor({ElementType::float32, {k, n}}, 3)}});
}

Report simulate_model(const onnx::ModelProto& model, FlowOptions options) {
  const TemporaryFolder place;
  options.model = place.path() / "model.onnx";
  options.output = place.path() / "out";
  options.verify = true;
  std::ofstream(options.model, std::ios::binary) << model.SerializeAsString();
  Progress silent(false);
  auto result = run_flow(options, silent);
  REQUIRE_MESSAGE(result.has_value(), to_string(result.errors()));
  const auto& verification = result->report.verification;
  REQUIRE(verification);
  CHECK_MESSAGE(verification->failures.empty(), to_string(verification->failures));
  CHECK(verification->mismatches == 0);
  CHECK(verification->latency == result->report.predicted_latency);
  return result->report;
}

}  // namespace sluice::test
