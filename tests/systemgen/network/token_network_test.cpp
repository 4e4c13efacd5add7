#include "systemgen/network/token_network.hpp"

#include <doctest/doctest.h>

#include "systemgen/network/execute.hpp"
#include "systemgen/network/names.hpp"
#include "tests/systemgen/support/toy.hpp"

using namespace sluice;
using test::ToyGraph;

namespace {

const ToyGraph kFork{{"x", "z"}, {{"a", {"x"}, 1}, {"b", {"a", "a"}, 2}, {"c", {"b", "z"}, 3}}, {"c", "a"}, 4};

TokenNetwork fork_network() {
  auto network = build_network(test::tensor_graph(kFork), test::kernels(kFork));
  REQUIRE(network.has_value());
  return std::move(*network);
}

std::string errors_of(const TokenNetwork& network) { return to_string(verify(network)); }

}  // namespace

TEST_CASE("a network has a channel for each tensor and an edge for each use") {
  const auto network = fork_network();
  CHECK(errors_of(network) == "");
  CHECK(network.channels.size() == 5);
  CHECK(network.actors.size() == 3);
  CHECK(network.edge_count() == 7);  // x-a, a-b twice, b-c, z-c, c-out, a-out
  CHECK(network.channel(network.read_by(network.outputs[1])).tensor == "a");
  CHECK(to_dot(network).find("\"a\\n") == std::string::npos);
}

TEST_CASE("a network is executed actor after actor") {
  const auto network = fork_network();
  const auto contents = execute(network, {{1, 2, 3, 250}, {10, 20, 30, 40}});
  REQUIRE(contents.has_value());
  const auto& c = (*contents)[network.read_by(network.outputs[0]).index()];
  CHECK(c == std::vector<std::uint64_t>{19, 31, 43, (2 * 251 + 2 + 40 + 3) & 0xff});
}

TEST_CASE("building a network refuses what has no maker") {
  auto kernels = test::kernels(kFork);
  kernels[1].arrays[0].tensor = "nobody";
  const auto network = build_network(test::tensor_graph(kFork), kernels);
  REQUIRE(!network.has_value());
  CHECK(to_string(network.errors()).find("reads tensor 'nobody', which no actor makes") != std::string::npos);
}

TEST_CASE("building a network refuses outputs that are constant") {
  TensorGraph graph;
  Operator constant{"k", "Constant", 0, {}, {{"k", {ElementType::uint8, {1}}}}, nullptr, {}, {}};
  constant.constant = std::make_shared<Tensor>(TensorType{ElementType::uint8, {1}});
  const auto from = graph.add_node(constant);
  const auto to = graph.add_node({"y", "Output", 0, {}, {}, nullptr, {}, {}});
  graph.add_edge(from, to, {});
  graph.outputs = {to};
  const auto network = build_network(graph, {});
  REQUIRE(!network.has_value());
  CHECK(network.errors()[0].what == "this output of the model does not depend on its inputs");
}

TEST_CASE("verify finds each broken rule of a network") {
  struct Case {
    const char* message;
    void (*damage)(TokenNetwork&);
  };
  const Case cases[] = {
      {"3 elements, but banks for [4]", [](TokenNetwork& n) { n.channels[2].elements = 3; }},
      {"elements of u8, but array", [](TokenNetwork& n) { n[n.actors[0]].kernel.arrays[1].shape = {3}; }},
      {"nothing makes it", [](TokenNetwork& n) { n.channels[2].maker = {}; }},
      {"two channels of this name", [](TokenNetwork& n) { n.channels[1].name = n.channels[0].name; }},
      {"two actors of this name", [](TokenNetwork& n) { n[n.actors[1]].name = n[n.actors[0]].name; }},
      {"has no array number", [](TokenNetwork& n) { n[n.in_edges(n.actors[0])[0]].arrays[0] = ArrayId(7); }},
      {"is not an input", [](TokenNetwork& n) { n[n.in_edges(n.actors[0])[0]].arrays[0] = ArrayId(1); }},
      {"is on 2 channels", [](TokenNetwork& n) { n[n.in_edges(n.actors[1])[1]].arrays[0] = ArrayId(0); }},
      {"is on 0 channels", [](TokenNetwork& n) { n[n.in_edges(n.actors[1])[1]].arrays[0] = ArrayId(0); }},
      {"which is not there", [](TokenNetwork& n) { n[n.in_edges(n.actors[0])[0]].channel = ChannelId(99); }},
      {"comes from another node", [](TokenNetwork& n) { n[n.in_edges(n.actors[0])[0]].channel = ChannelId(1); }},
      {"from which it reads", [](TokenNetwork& n) { std::swap(n.actors[0], n.actors[1]); }},
      {"2 of them in the order", [](TokenNetwork& n) { n.actors.pop_back(); }},
      {"but port x passes", [](TokenNetwork& n) { n[n.inputs[0]].type.shape = {9}; }},
      {"but port x passes images of 3 channels and 1 pixels",
       [](TokenNetwork& n) {
         n[n.inputs[0]].order = {3, 1};
       }},
      {"reads 2 channels",
       [](TokenNetwork& n) {
         n.add_edge(n.channels[2].maker, n.outputs[0], {ChannelId(2), {}});
       }},
  };
  for (const auto& each : cases) {
    auto network = fork_network();
    each.damage(network);
    CHECK_MESSAGE(errors_of(network).find(each.message) != std::string::npos, each.message,
                  " in: ", errors_of(network));
  }
}

TEST_CASE("names are legal, short and unique") {
  VerilogNames names;
  CHECK(names.claim("images:0") == "images_0");
  CHECK(names.claim("images 0") == "images_0_2");
  CHECK(names.claim("module") == "module_n");
  CHECK(names.claim(std::string(300, 'x')).size() == 64);
  CHECK(names.claim(std::string(301, 'x')).size() == 66);
}
