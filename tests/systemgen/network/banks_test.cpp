#include "systemgen/network/banks.hpp"

#include <doctest/doctest.h>

#include <numeric>
#include <random>

#include "systemgen/network/execute.hpp"
#include "tests/systemgen/support/banked.hpp"

using namespace sluice;
using test::ToyGraph;

namespace {

const Banking kRagged{{3, 5}, {{}, {3, 1}}};
const ToyGraph kChain{{"x"}, {{"a", {"x"}, 1}, {"b", {"a", "x"}, 2}}, {"b"}, 15};

std::vector<Kernel> banked_kernels(const ToyGraph& toy, const Banking& banking) {
  std::vector<Kernel> kernels;
  for (const auto& node : toy.nodes) kernels.push_back(test::banked_kernel(node, banking, 1));
  return kernels;
}

TokenNetwork network_of(const ToyGraph& toy, const std::vector<Kernel>& kernels) {
  auto network = build_network(test::tensor_graph(toy), kernels);
  REQUIRE_MESSAGE(network.has_value(), to_string(network.errors()));
  return std::move(*network);
}

bool contains(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("merged dimensions keep every place") {
  std::mt19937 random(3);
  for (int seed = 0; seed < 300; ++seed) {
    const Banking banking = test::random_banking(random);
    const Banking fewer = merged(banking);
    INFO(to_string(banking), " as ", to_string(fewer));
    CHECK(same_places(banking, fewer));
    for (std::size_t d = 1; d < fewer.dimensions.size(); ++d) CHECK(fewer.dimensions[d].banks > 1);
  }
}

TEST_CASE("a view that is cut keeps every place and has the dimension") {
  std::mt19937 random(5);
  int cuts = 0;
  for (int seed = 0; seed < 2000; ++seed) {
    const Banking banking = test::random_banking(random);
    const auto elements = element_count(banking.shape);
    for (std::int64_t inner = 1; inner <= elements; ++inner) {
      const auto view = elements % inner == 0 ? cut(merged(banking), inner) : std::nullopt;
      if (!view) continue;
      INFO(to_string(banking), " as ", to_string(*view), ", ", inner);
      ++cuts;
      CHECK(same_places(banking, *view));
      std::int64_t stride = 1;
      for (std::size_t d = view->shape.size(); d-- > 0 && stride < inner;) stride *= view->shape[d];
      CHECK(stride == inner);
    }
  }
  CHECK(cuts > 5000);
}

TEST_CASE("a cut through blocks of banks is none") {
  const Banking blocks{{12}, {{3, 4}}};
  CHECK(cut(blocks, 4) == Banking{{3, 4}, {{3, 1}, {}}});
  CHECK(cut(blocks, 2) == Banking{{6, 2}, {{3, 2}, {}}});
  CHECK_FALSE(cut(blocks, 3));
  CHECK_FALSE(cut(blocks, 6));
  CHECK(cut({{12}, {{4, 1}}}, 2) == Banking{{6, 2}, {{2, 1}, {2, 1}}});
  CHECK(cut({{12}, {{2, 3}}}, 6) == Banking{{2, 6}, {{}, {2, 3}}});
}

TEST_CASE("what is scattered over banks is gathered again") {
  std::mt19937 random(4);
  for (int seed = 0; seed < 100; ++seed) {
    const Banking banking = test::random_banking(random);
    std::vector<std::uint64_t> tensor(static_cast<std::size_t>(element_count(banking.shape)));
    std::iota(tensor.begin(), tensor.end(), 1);
    std::vector<ArrayId> arrays;
    for (std::int64_t bank = bank_count(banking); bank-- > 0;) arrays.emplace_back(static_cast<std::size_t>(bank));
    ArrayContents contents(arrays.size());
    scatter(banking, tensor, arrays, contents);
    for (std::int64_t e = 0; e < element_count(banking.shape); ++e) {
      const auto [bank, address] = place_of(banking, e);
      const auto array = arrays[static_cast<std::size_t>(bank)].index();
      CHECK(contents[array][static_cast<std::size_t>(address)] == static_cast<std::uint64_t>(e + 1));
    }
    CHECK(gather(banking, arrays, contents) == tensor);
  }
}

TEST_CASE("a network with banks computes what one without them does") {
  std::mt19937 random(8);
  for (int seed = 0; seed < 30; ++seed) {
    const Banking banking = test::random_banking(random);
    INFO(to_string(banking));
    auto toy = kChain;
    toy.elements = element_count(banking.shape);
    const auto whole = network_of(toy, test::kernels(toy));
    const auto banked = network_of(toy, banked_kernels(toy, banking));
    REQUIRE(to_string(verify(banked)) == "");
    std::vector<std::uint64_t> x(static_cast<std::size_t>(toy.elements));
    for (auto& element : x) element = random() & 0xff;
    const auto expected = execute(whole, {x});
    const auto actual = execute(banked, {x});
    REQUIRE(expected.has_value());
    REQUIRE(actual.has_value());
    CHECK(*actual == *expected);
  }
}

TEST_CASE("channels take their banks from the kernels on them") {
  const auto network = network_of(kChain, banked_kernels(kChain, kRagged));
  CHECK(to_string(verify(network)) == "");
  for (const auto& channel : network.channels) CHECK(channel.banking == kRagged);
  CHECK(network.channel(network.read_by(network.outputs[0])).arrays.size() == 3);
  const ToyGraph wire{{"x"}, {}, {"x"}, 15};
  CHECK(bank_count(network_of(wire, {}).channels[0].banking) == 1);
}

TEST_CASE("verify finds banks that don't agree") {
  struct Case {
    const char* message;
    void (*damage)(std::vector<Kernel>&);
  };
  const Case cases[] = {
      {"deals its elements out over 3 banks of [15], blocks of 2, the channel over 1x3 banks of [3,5], blocks of 1x1",
       [](std::vector<Kernel>& k) {
         k[1] = test::banked_kernel(kChain.nodes[1], {{15}, {{3, 2}}}, 1);
       }},
      {"3 banks, but b has arrays for 1", [](std::vector<Kernel>& k) { k[1] = test::kernels(kChain)[1]; }},
      {"1 banks, but b has arrays for 3", [](std::vector<Kernel>& k) { k[0] = test::kernels(kChain)[0]; }},
      {"a has no array number 4294967295 for bank 0",
       [](std::vector<Kernel>& k) { k[0].arrays[3].role = ArrayRole::scratch; }},
      {"elements of u8, but array", [](std::vector<Kernel>& k) { k[1].arrays[0].shape = {3}; }},
  };
  for (const auto& each : cases) {
    auto kernels = banked_kernels(kChain, kRagged);
    each.damage(kernels);
    const auto errors = to_string(verify(network_of(kChain, kernels)));
    CHECK_MESSAGE(contains(errors, each.message), each.message, " in: ", errors);
  }
  auto network = network_of(kChain, banked_kernels(kChain, kRagged));
  std::swap(network.channels[1].arrays[0], network.channels[1].arrays[1]);
  CHECK(contains(to_string(verify(network)), "is bank 1, but is used as bank 0"));
  network = network_of(kChain, banked_kernels(kChain, kRagged));
  network.channels[1].banking.shape = {3, 4};
  CHECK(contains(to_string(verify(network)), "15 elements, but banks for [3,4]"));
}

TEST_CASE("two views of a tensor have banks of their own") {
  const Kernel kernel = test::banked_kernel({"y", {"a", "a"}, 1}, kRagged, 1);
  const auto tensors = tensors_of(kernel, ArrayRole::input);
  REQUIRE(tensors.size() == 2);
  CHECK(tensors[0].arrays == std::vector{ArrayId(0), ArrayId(1), ArrayId(2)});
  CHECK(tensors[1].arrays == std::vector{ArrayId(3), ArrayId(4), ArrayId(5)});
}
