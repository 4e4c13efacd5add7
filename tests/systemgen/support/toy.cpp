#include "tests/systemgen/support/toy.hpp"

#include <doctest/doctest.h>

#include <map>
#include <random>

#include "core/kernel/builder.hpp"
#include "systemgen/control/channel_buffer.hpp"
#include "systemgen/control/sequential.hpp"
#include "systemgen/output/rtl_files.hpp"
#include "systemgen/verify/bench_files.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

namespace sluice::test {
namespace {

constexpr ScalarType kByte = ScalarType::unsigned_integer(8);

Kernel toy_kernel(const ToyNode& node, std::int64_t elements) {
  Kernel kernel;
  kernel.name = node.name;
  kernel.operation = "Toy";
  kernel.onnx_nodes = {node.name};
  std::vector<ArrayId> inputs;
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    inputs.push_back(
        add_array(kernel, {"x" + std::to_string(i), kByte, {elements}, ArrayRole::input, node.inputs[i], {}}));
  }
  const auto output = add_array(kernel, {"y", kByte, {elements}, ArrayRole::output, node.name, {}});
  NestBuilder nest(kernel, "sum");
  const auto i = nest.loop("i", elements);
  Value sum = nest.integer(kByte, node.constant);
  for (const auto input : inputs) sum = nest.add(sum, nest.load(input, {i}), kByte);
  nest.store(output, {i}, sum);
  return kernel;
}

/// Reads one element a cycle from the cycle after go_i on, which must be a pulse, and writes it in the next cycle.
ActorRtl toy_actor(const Kernel& kernel, int constant) {
  ActorRtl actor{Module(kernel.name, "Toy actor."), {}, {}, {}, {}, {}, 1, 1, 0, 0, 0};
  Module& module = actor.module;
  const auto elements = element_count(kernel.arrays[0].shape);
  const int bits = address_bits(elements);
  module.add_input("clk", 1);
  module.add_input("rst", 1);
  const Expr start = module.add_input("go_i", 1);
  module.assign(module.add_output("fire_o", 1), start);
  const Expr done = module.add_output("done_o", 1);
  const Expr busy = module.add_register("busy_q", 1, 0);
  const Expr read = module.add_register("read_q", 1, 0);
  const Expr last = module.add_register("last_q", 1, 0);
  const Expr ended = module.add_register("ended_q", 1, 0);
  const Expr address = module.add_register("address_q", bits, 0);
  const Expr written = module.add_register("written_q", bits, 0);
  const Expr at_end =
      module.add_wire("at_end", equal(address, Expr::constant(bits, static_cast<std::uint64_t>(elements - 1))));
  module.drive(busy, start | (busy & ~at_end));
  module.drive(address, select(at_end, Expr::constant(bits, 0), address + Expr::constant(bits, 1)), busy);
  module.drive(read, busy);
  module.drive(last, busy & at_end);
  module.drive(ended, last);
  module.drive(written, address);
  module.assign(done, ended);
  Expr sum = Expr::constant(8, static_cast<std::uint64_t>(constant));
  for (std::size_t i = 0; i < kernel.arrays.size(); ++i) {
    const auto& array = kernel.arrays[i];
    if (array.role == ArrayRole::input) {
      actor.inputs.push_back({{ArrayId(i)}, array.name, bits, 8});
      module.assign(module.add_output(array.name + "_re_o", 1), busy);
      module.assign(module.add_output(array.name + "_raddr_o", bits), address);
      sum = sum + module.add_input(array.name + "_rdata_i", 8);
    } else {
      actor.outputs.push_back({{ArrayId(i)}, array.name, bits, 8});
      module.assign(module.add_output(array.name + "_we_o", 1), read);
      module.assign(module.add_output(array.name + "_waddr_o", bits), written);
      module.assign(module.add_output(array.name + "_wdata_o", 8), sum);
    }
  }
  actor.frame_cycles = elements + 2;
  return actor;
}

}  // namespace

TensorGraph tensor_graph(const ToyGraph& toy) {
  TensorGraph graph;
  graph.name = "toy";
  const TensorType type{ElementType::uint8, {toy.elements}};
  std::map<std::string, TensorGraph::NodeId> maker;
  const auto add = [&](const std::string& name, const std::string& op, bool makes) {
    Operator node;
    node.name = name;
    node.op = op;
    if (makes) node.outputs = {{name, type}};
    return graph.add_node(std::move(node));
  };
  for (const auto& input : toy.inputs) {
    maker[input] = add(input, "Input", true);
    graph.inputs.push_back(maker[input]);
  }
  for (const auto& node : toy.nodes) {
    maker[node.name] = add(node.name, "Toy", true);
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
      graph.add_edge(maker.at(node.inputs[i]), maker[node.name], {0, static_cast<int>(i), {}});
    }
  }
  for (const auto& output : toy.outputs) {
    const auto node = add(output, "Output", false);
    graph.add_edge(maker.at(output), node, {});
    graph.outputs.push_back(node);
  }
  return graph;
}

std::vector<Kernel> kernels(const ToyGraph& toy) {
  std::vector<Kernel> result;
  for (const auto& node : toy.nodes) result.push_back(toy_kernel(node, toy.elements));
  return result;
}

Design toy_design(const ToyGraph& toy, const std::string& top, ActorOrder order) {
  auto network = build_network(tensor_graph(toy), kernels(toy));
  REQUIRE(network.has_value());
  REQUIRE(to_string(verify(*network)) == "");
  std::vector<ActorRtl> actors;
  for (const auto actor : network->actors) {
    for (const auto& node : toy.nodes) {
      if (node.name == (*network)[actor].kernel.onnx_nodes[0]) {
        actors.push_back(toy_actor((*network)[actor].kernel, node.constant));
      }
    }
  }
  auto system = compose_sequential(*network, actors, top, order);
  Design design{std::move(*network), std::move(actors), std::move(system)};
  REQUIRE(to_string(verify(netlist_of(design))) == "");
  return design;
}

std::vector<ChannelContents> toy_frames(const Design& design, int count) {
  std::mt19937 random(1);
  std::vector<ChannelContents> frames;
  for (int frame = 0; frame < count; ++frame) {
    std::vector<std::vector<std::uint64_t>> inputs;
    for (const auto input : design.network.inputs) {
      inputs.emplace_back(static_cast<std::size_t>(element_count(design.network[input].type.shape)));
      for (auto& element : inputs.back()) element = random() & 0xff;
    }
    auto contents = execute(design.network, inputs);
    REQUIRE(contents.has_value());
    frames.push_back(std::move(*contents));
  }
  return frames;
}

Expected<SimulationResult> simulate_toy(const Design& design, const std::vector<ChannelContents>& expected,
                                        Simulator simulator, const std::vector<std::string>& plusargs, bool probes) {
  const TemporaryFolder parent;
  auto folder = OutputFolder::create(parent.path() / "out");
  REQUIRE(folder.has_value());
  const auto rtl = write_rtl(design, *folder);
  REQUIRE(rtl.has_value());
  const auto spec = bench_spec(design, static_cast<int>(expected.size()), probes);
  const auto bench = write_bench(design, spec, expected, *folder);
  REQUIRE(bench.has_value());
  SimulationJob job;
  job.simulator = simulator;
  job.rtl = folder->path() / "rtl";
  job.plusargs = plusargs;
  for (const auto& file : rtl->verilog) job.sources.push_back("../" + file);
  for (const auto& file : *bench) job.sources.push_back("../" + file);
  job.timeout = std::chrono::seconds(120);
  return simulate(job);
}

}  // namespace sluice::test
