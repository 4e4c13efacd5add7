#include "systemgen/verify/frames.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "frontend/onnx/tensor_file.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"
#include "tests/systemgen/support/toy.hpp"

using namespace sluice;
namespace fs = std::filesystem;

namespace {

TokenNetwork network() {
  const test::ToyGraph toy{{"x"}, {{"a", {"x"}, 1}}, {"a"}, 3};
  auto result = build_network(test::tensor_graph(toy), test::kernels(toy));
  REQUIRE(result.has_value());
  return std::move(*result);
}

void put(const fs::path& path, const Tensor& tensor) {
  fs::create_directories(path.parent_path());
  REQUIRE(write_tensor_proto(path, tensor, "t") == Diagnostics{});
}

Tensor bytes(std::uint8_t value) { return Tensor::of<std::uint8_t>(ElementType::uint8, {3}, {value, value, value}); }

std::string refusal(const FrameOptions& options) {
  const auto frames = load_frames(network(), options);
  return frames ? "" : to_string(frames.errors());
}

bool contains(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("data sets are taken by their numbers") {
  const test::TemporaryFolder place;
  for (const int k : {0, 1, 2, 9, 10, 11}) {
    put(place.path() / ("test_data_set_" + std::to_string(k)) / "input_0.pb", bytes(static_cast<std::uint8_t>(k)));
  }
  put(place.path() / "test_data_set_2" / "output_0.pb", bytes(77));
  const auto frames = load_frames(network(), {place.path(), {}, 1});
  REQUIRE(frames.has_value());
  REQUIRE(frames->size() == 6);
  CHECK((*frames)[4].inputs[0] == bytes(10));
  CHECK((*frames)[1].golden.empty());
  CHECK((*frames)[2].golden[0] == bytes(77));
  CHECK(load_frames(network(), {place.path(), 2, 1})->size() == 2);
  CHECK(load_frames(network(), {place.path() / "test_data_set_9", {}, 1})->size() == 1);
  CHECK(contains(refusal({place.path(), 7, 1}), "has 6 data sets, but --frames asks for 7"));
}

TEST_CASE("data sets that don't fit the model are refused") {
  const test::TemporaryFolder place;
  CHECK(contains(refusal({place.path(), {}, 1}), "has no test_data_set_<k>"));
  CHECK(contains(refusal({place.path() / "nowhere", {}, 1}), "cannot be read"));
  const auto set = place.path() / "test_data_set_0";
  put(set / "input_0.pb", Tensor({ElementType::uint8, {4}}));
  CHECK(contains(refusal({place.path(), {}, 1}), "is uint8[4], but the model's 'x' is uint8[3]"));
  put(set / "input_0.pb", Tensor({ElementType::int8, {3}}));
  CHECK(contains(refusal({place.path(), {}, 1}), "is int8[3], but the model's 'x' is uint8[3]"));
  put(set / "input_0.pb", bytes(1));
  put(set / "input_1.pb", bytes(1));
  CHECK(contains(refusal({place.path(), {}, 1}), "has 2 files input_<i>.pb, but the model has 1"));
  fs::remove(set / "input_1.pb");
  put(set / "output_1.pb", bytes(1));
  CHECK(contains(refusal({place.path(), {}, 1}), "output_0.pb"));
}

TEST_CASE("random inputs depend on the seed only") {
  const auto once = load_frames(network(), {{}, 2, 5});
  const auto again = load_frames(network(), {{}, 2, 5});
  const auto other = load_frames(network(), {{}, 2, 6});
  CHECK((*once)[0].inputs == (*again)[0].inputs);
  CHECK((*once)[0].inputs != (*once)[1].inputs);
  CHECK((*once)[0].inputs != (*other)[0].inputs);
  CHECK(load_frames(network(), {})->size() == 1);
  for (const auto element : {ElementType::float32, ElementType::float16, ElementType::bfloat16}) {
    const auto values = random_tensor({element, {1000}}, 3).to_doubles();
    CHECK(*std::min_element(values.begin(), values.end()) >= -1);
    CHECK(*std::min_element(values.begin(), values.end()) < -0.9);
    CHECK(*std::max_element(values.begin(), values.end()) <= 1);
    CHECK(*std::max_element(values.begin(), values.end()) > 0.9);
  }
  const auto integers = random_tensor({ElementType::int64, {1000}}, 3).to_int64s();
  CHECK(*std::min_element(integers.begin(), integers.end()) >= -128);
  CHECK(*std::max_element(integers.begin(), integers.end()) <= 127);
  for (const auto value : random_tensor({ElementType::boolean, {100}}, 3).to_int64s())
    CHECK((value == 0 || value == 1));
}
