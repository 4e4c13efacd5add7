#include <doctest/doctest.h>

#include "systemgen/network/token_network.hpp"
#include "tests/systemgen/support/toy.hpp"

using namespace sluice;

TEST_CASE("building a network refuses a model without inputs") {
  const test::ToyGraph constants{{}, {{"a", {}, 1}}, {"a"}, 3};
  const auto network = build_network(test::tensor_graph(constants), test::kernels(constants));
  REQUIRE(!network.has_value());
  CHECK(to_string(network.errors()).find("the model has no inputs") != std::string::npos);
}
