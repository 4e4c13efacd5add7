#include "frontend/loops/split_kernel.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "frontend/loops/compare_runs.hpp"
#include "frontend/loops/legal_cuts.hpp"
#include "tests/frontend/loops/random_nests.hpp"
#include "tests/frontend/support/op_test.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

std::vector<std::vector<std::size_t>> subsets(const std::vector<std::size_t>& cuts) {
  std::vector<std::vector<std::size_t>> all;
  for (std::size_t bits = 0; bits < std::size_t{1} << cuts.size(); ++bits) {
    all.emplace_back();
    for (std::size_t i = 0; i < cuts.size(); ++i) {
      if ((bits >> i & 1) != 0) all.back().push_back(cuts[i]);
    }
  }
  return all;
}

bool reads_a_tensor(const Kernel& kernel) {
  return std::ranges::any_of(kernel.nests, [&](const Nest& nest) {
    return std::ranges::any_of(
        nest.body, [&](const Op& op) { return op.array.valid() && kernel.array(op.array).role == ArrayRole::input; });
  });
}

/// Every way to cut the kernel computes what it does.
std::size_t check_all_splits(const Kernel& kernel) {
  const auto cuts = legal_cuts(kernel);
  for (const auto& chosen : subsets(cuts)) {
    const auto parts = split_kernel(kernel, chosen, kernel.name);
    REQUIRE(parts.size() == chosen.size() + 1);
    std::int64_t macs = 0;
    std::size_t nests = 0;
    for (const auto& part : parts) {
      REQUIRE_MESSAGE(to_string(verify(part)) == "", to_string(kernel), to_string(part));
      if (parts.size() > 1) REQUIRE_MESSAGE(reads_a_tensor(part), to_string(kernel), to_string(part));
      CHECK(part.onnx_nodes == kernel.onnx_nodes);
      macs += part.macs;
      nests += part.nests.size();
    }
    CHECK(macs == kernel.macs);
    CHECK(nests == kernel.nests.size());
    REQUIRE_MESSAGE(to_string(compare_runs(kernel, parts)) == "", to_string(kernel));
  }
  return cuts.size();
}

OpCase softmax(const std::string& op, Shape shape, std::int64_t axis, int opset, Random& random) {
  return {.op = op,
          .attributes = {{"axis", axis}},
          .operands = {random_tensor(ElementType::float32, std::move(shape), random)},
          .constant = {},
          .opset = opset,
          .epilogues = {}};
}

}  // namespace

TEST_CASE("parts of random kernels compute what the whole does") {
  Random random(1);
  std::size_t cuts = 0;
  std::size_t places = 0;
  for (int i = 0; i < 600; ++i) {
    CAPTURE(i);
    const Kernel kernel = random_nests(random, {.tidy = i % 3 == 0});
    REQUIRE(to_string(verify(kernel)) == "");
    places += kernel.nests.size() - 1;
    cuts += check_all_splits(kernel);
  }
  CHECK(cuts >= places / 4);
  CHECK(cuts <= places * 3 / 4);
}

TEST_CASE("tidy kernels can be cut anywhere but after what computes from weights alone") {
  Random random(2);
  std::size_t cuts = 0;
  std::size_t places = 0;
  for (int i = 0; i < 200; ++i) {
    const Kernel kernel = random_nests(random, {.tidy = true});
    cuts += legal_cuts(kernel).size();
    places += kernel.nests.size() - 1;
  }
  CHECK(cuts >= places * 3 / 4);
}

TEST_CASE("operators of several nests can be cut between all of them") {
  Random random(3);
  const auto layer_normalization = [&](Shape shape, std::int64_t axis) {
    const Shape scale(shape.begin() + axis, shape.end());
    return OpCase{.op = "LayerNormalization",
                  .attributes = {{"axis", axis}},
                  .operands = {random_tensor(ElementType::float32, shape, random),
                               random_tensor(ElementType::float32, scale, random)},
                  .constant = {false, true},
                  .epilogues = {}};
  };
  const OpCase cases[] = {
      softmax("Softmax", {5, 7}, -1, 17, random),
      softmax("Softmax", {2, 3, 4}, 1, 17, random),
      softmax("Softmax", {2, 3, 2, 5}, 1, 17, random),
      softmax("Softmax", {9}, 0, 17, random),
      softmax("Softmax", {2, 3, 4}, 1, 11, random),
      softmax("LogSoftmax", {4, 6}, 0, 17, random),
      softmax("LogSoftmax", {3, 5}, -1, 17, random),
      layer_normalization({3, 4, 5}, 1),
      layer_normalization({6, 7}, 1),
      layer_normalization({8}, 0),
  };
  for (const auto& each : cases) {
    const OpRun run = run_op(each);
    REQUIRE(run.kernel.has_value());
    CAPTURE(to_string(*run.kernel));
    CHECK(check_all_splits(*run.kernel) == run.kernel->nests.size() - 1);
  }
}

TEST_CASE("parts are called after their nests and hand rows on") {
  Random random(4);
  const auto run = run_op(softmax("Softmax", {5, 7}, -1, 17, random));
  Kernel kernel = *run.kernel;
  kernel.name = "attention";
  const auto parts = split_kernel(kernel, {1, 2}, "attention");
  CHECK(parts[0].name == "attention_maximum");
  CHECK(parts[1].name == "attention_sum");
  CHECK(parts[2].name == "attention_result");
  const auto power = std::ranges::find(parts[2].arrays, "attention.power", &Array::tensor);
  REQUIRE(power != parts[2].arrays.end());
  CHECK(power->role == ArrayRole::input);
  CHECK(power->shape == Shape{5, 7});
  CHECK(std::ranges::none_of(parts[2].arrays, [](const Array& array) { return array.tensor == "x0"; }));
  CHECK(split_kernel(kernel, {2}, "attention")[0].name == "attention_maximum_sum");
  kernel.name.assign(200, 'n');
  CHECK(split_kernel(kernel, {2}, "attention")[0].name == std::string(40, 'n') + "_maximum_sum");
  CHECK(handed_on_bits(kernel, {0, 1}) == 32);
  CHECK(handed_on_bits(kernel, {1, 2}) == 32 * 8);
}

TEST_CASE("what is wrong with parts is reported, and they can be watched") {
  Random random(5);
  const Kernel kernel = *run_op(softmax("Softmax", {3, 4}, -1, 17, random)).kernel;
  auto parts = split_kernel(kernel, {1}, "k");
  std::size_t seen = 0;
  const LoopPassOptions options{.check = true, .after = [&](const PassStats& pass, const Kernel&) {
                                  CHECK(pass.name == "split-kernels");
                                  ++seen;
                                }};
  CHECK(to_string(check_parts(kernel, parts, options)) == "");
  CHECK(seen == 2);
  // The sum over one term less.
  parts[1].nests[0].loops.back().trip -= 1;
  CHECK(check_parts(kernel, parts, options).size() == 1);
  parts[1].arrays[0].name = parts[1].arrays[1].name;
  const auto errors = check_parts(kernel, parts, {});
  REQUIRE(!errors.empty());
  CHECK(errors[0].where.starts_with("after pass split-kernels: "));
}

TEST_SUITE("slow") {
  TEST_CASE("parts of many random kernels compute what the whole does") {
    Random random(6);
    for (int i = 0; i < 30'000; ++i) {
      CAPTURE(i);
      check_all_splits(random_nests(random, {.tidy = i % 3 == 0}));
    }
  }
}
