#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>

#include "systemgen/network/banks.hpp"
#include "systemgen/output/rtl_files.hpp"
#include "systemgen/verify/fault.hpp"
#include "systemgen/verify/process.hpp"
#include "tests/systemgen/support/banked.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

using namespace sluice;
using test::ToyGraph;

namespace {

/// A tensor read twice at the same time, an input and an output with several readers, two outputs of one tensor.
ToyGraph tangle(std::int64_t elements) {
  return {{"x", "z"}, {{"a", {"x"}, 3}, {"b", {"a", "x", "a"}, 5}, {"c", {"b", "z"}, 7}}, {"c", "a", "x"}, elements};
}

/// Every node on the same banks, seen through another view, with one, two or three groups of banks that are accessed
/// together.
TokenNetwork banked_network(const ToyGraph& toy, const Banking& banking) {
  std::vector<Kernel> kernels;
  for (std::size_t i = 0; i < toy.nodes.size(); ++i)
    kernels.push_back(test::banked_kernel(toy.nodes[i], i == 1 ? merged(banking) : banking, i + 1));
  auto network = build_network(test::tensor_graph(toy), kernels);
  REQUIRE_MESSAGE(network.has_value(), to_string(network.errors()));
  REQUIRE(to_string(verify(*network)) == "");
  return std::move(*network);
}

void check_cycles(const Design& design, const SimulationResult& result) {
  REQUIRE(result.frames.size() > 1);
  CHECK(result.frames[0].last - result.frames[0].first == design.system.predicted_latency);
  for (std::size_t i = 1; i < result.frames.size(); ++i)
    CHECK(result.frames[i].last - result.frames[i - 1].last == design.system.predicted_interval);
}

void check_hardware(const Design& design, int count) {
  const auto frames = test::toy_frames(design, count);
  for (const char* stall : {"+stall=0", "+stall=50"}) {
    const auto result = test::simulate_toy(design, frames, Simulator::icarus, {stall, "+seed=3"}, true);
    REQUIRE_MESSAGE(result.has_value(), to_string(result.errors()));
    CHECK(result->passed);
    CHECK(result->probes.empty());
    CHECK(result->frames.size() == frames.size());
    if (std::string(stall) == "+stall=0") check_cycles(design, *result);
  }
}

void check_random_bankings(unsigned first, unsigned count) {
  for (unsigned seed = first; seed < first + count; ++seed) {
    std::mt19937 random(seed);
    const Banking banking = test::random_banking(random);
    INFO("seed ", seed, ": ", to_string(banking));
    const ToyGraph toy = tangle(element_count(banking.shape));
    check_hardware(test::built_design(banked_network(toy, banking), "toy_top"), 3);
  }
}

const Banking kRagged{{3, 5}, {{}, {3, 1}}};

}  // namespace

TEST_CASE("random banks are filled, read, written and sent as predicted") { check_random_bankings(1, 12); }

TEST_SUITE("slow") {
  TEST_CASE("many random banks are filled and read and written and sent as predicted") {
    check_random_bankings(100, 80);
  }
}

TEST_CASE("a system with banks is clean for Icarus, Verilator and Yosys") {
  const auto design = test::built_design(banked_network(tangle(15), kRagged), "toy_top");
  const test::TemporaryFolder place;
  auto folder = OutputFolder::create(place.path() / "out");
  REQUIRE(folder.has_value());
  REQUIRE(write_rtl(design, *folder).has_value());
  const auto clean = [&](const std::string& command) {
    const auto result = run_process({"sh", "-c", command}, folder->path() / "rtl", std::chrono::seconds(120));
    REQUIRE(result.has_value());
    CHECK_MESSAGE(result->exit_code == 0, result->output);
    CHECK(result->output == "");
  };
  clean("iverilog -g2005 -Wall -s toy_top -o /dev/null *.v");
  clean("verilator --lint-only -Wall --top-module toy_top *.v");
  clean("yosys -q -p 'read_verilog *.v; hierarchy -top toy_top; proc; check -assert'");
}

TEST_CASE("a kernel may read one bank of a tensor and leave the others") {
  for (const std::int64_t number : {0, 2}) {
    TensorGraph graph;
    graph.name = "one bank";
    const auto add = [&](const std::string& name, const std::string& op, const Shape& shape) {
      Operator node;
      node.name = name;
      node.op = op;
      if (op != "Output") node.outputs = {{name, {ElementType::uint8, shape}}};
      return graph.add_node(std::move(node));
    };
    const auto x = add("x", "Input", kRagged.shape);
    const auto copy = add("copy", "Toy", bank_shape(kRagged));
    const auto out = add("copy", "Output", {});
    graph.add_edge(x, copy, {0, 0, {}});
    graph.add_edge(copy, out, {});
    graph.inputs = {x};
    graph.outputs = {out};
    auto network = build_network(graph, {test::bank_copy("copy", "x", kRagged, number)});
    REQUIRE_MESSAGE(network.has_value(), to_string(network.errors()));
    REQUIRE(to_string(verify(*network)) == "");
    check_hardware(test::built_design(std::move(*network), "toy_top"), 2);
  }
}

TEST_CASE("the first wrong element is found in its bank") {
  const ToyGraph toy{{"x"}, {{"a", {"x"}, 1}, {"b", {"a"}, 2}}, {"b"}, 15};
  auto other = toy;
  other.nodes[0].constant = 9;
  auto design = test::built_design(banked_network(other, kRagged), "toy_top");
  design.network = banked_network(toy, kRagged);
  const auto frames = test::toy_frames(design, 2);
  const auto result = test::simulate_toy(design, frames, Simulator::icarus, {}, true);
  REQUIRE_MESSAGE(result.has_value(), to_string(result.errors()));
  CHECK_FALSE(result->passed);
  const auto fault = locate_fault(design, *result);
  CHECK(fault.where == "a");
  CHECK(fault.what.find("frame 0, element [0,0]: the hardware gives") != std::string::npos);
  // The same at a place that is not the first.
  SimulationResult later;
  later.probes = {{"a", 1, 3, 17, "01", "02", 1}};
  CHECK(locate_fault(design, later).what.find("frame 1, element [1,4]: ") != std::string::npos);
  later.probes = {{"a", 1, 1, 17, "01", "02", 2}};
  CHECK(locate_fault(design, later).what.find("writes to place 1 of bank 2, which has no element") !=
        std::string::npos);
}
