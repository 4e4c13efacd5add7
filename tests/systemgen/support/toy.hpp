#pragma once

#include <string>
#include <vector>

#include "systemgen/control/stages.hpp"
#include "systemgen/network/execute.hpp"
#include "systemgen/output/design.hpp"
#include "systemgen/verify/simulator.hpp"

/// Designs with hand-made actors: they show what joins the actors, without the rest of the flow.
namespace sluice::test {

/// An operator y[i] = sum of all x[i] + constant on bytes.
struct ToyNode {
  std::string name;                 ///< of the operator and of the tensor that it makes
  std::vector<std::string> inputs;  ///< tensors; one may be named twice
  int constant = 1;
};

struct ToyGraph {
  std::vector<std::string> inputs;
  std::vector<ToyNode> nodes;
  std::vector<std::string> outputs;  ///< tensors; may be inputs, may be named twice
  std::int64_t elements = 5;
};

TensorGraph tensor_graph(const ToyGraph& toy);
std::vector<Kernel> kernels(const ToyGraph& toy);

/// The network, with an actor for each node that reads and writes an element a cycle.
Design toy_design(const ToyGraph& toy, const std::string& top, ActorOrder order = ActorOrder::sequential);

/// Contents of all channels for `count` frames of random inputs.
std::vector<ChannelContents> toy_frames(const Design& design, int count);

/// Writes the design and its test bench to a fresh folder below the system's temporary one and simulates it there.
/// `expected`: what the test bench compares with.
Expected<SimulationResult> simulate_toy(const Design& design, const std::vector<ChannelContents>& expected,
                                        Simulator simulator, const std::vector<std::string>& plusargs = {},
                                        bool probes = false);

}  // namespace sluice::test
