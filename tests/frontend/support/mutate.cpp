#include "tests/frontend/support/mutate.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <random>

#include "frontend/ops/op_def.hpp"

namespace sluice::test {
namespace {

/// Damages models in the ways in which files get damaged, and in some in which they don't.
class Mutator {
 public:
  explicit Mutator(std::uint32_t seed) : engine_(seed) {}

  std::string mutate(const std::vector<std::string>& models) {
    std::string model = models[below(models.size())];
    const std::string& other = models[below(models.size())];
    switch (below(5)) {
      case 0:
        return model.substr(0, below(model.size()));
      case 1:
        return flip_bits(std::move(model));
      case 2:
        return model.substr(0, below(model.size())) + other.substr(below(other.size()));
      case 3:
        return erase(std::move(model));
      default:
        return set_bytes(std::move(model));
    }
  }

 private:
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : engine_() % limit; }

  /// A place, more often in the structure at the head than in the weights.
  std::size_t place(const std::string& model) {
    return below(below(2) == 0 ? model.size() : std::min<std::size_t>(model.size(), 400));
  }

  std::string flip_bits(std::string model) {
    for (std::size_t n = 1 + below(8); n > 0 && !model.empty(); --n) {
      model[place(model)] = static_cast<char>(model[place(model)] ^ (1 << below(8)));
    }
    return model;
  }

  std::string set_bytes(std::string model) {
    constexpr std::array<char, 6> kValues{'\0', '\1', '\x7f', '\x80', '\xff', 'x'};
    for (std::size_t n = 1 + below(4); n > 0 && !model.empty(); --n)
      model[place(model)] = kValues[below(kValues.size())];
    return model;
  }

  std::string erase(std::string model) {
    const std::size_t at = place(model);
    return model.erase(std::min(at, model.size()), 1 + below(16));
  }

  std::mt19937 engine_;
};

/// Damages the parsed model instead of its bytes: what comes out is always a protobuf message.
class ProtoMutator {
 public:
  explicit ProtoMutator(std::uint32_t seed) : engine_(seed) {}

  void mutate(onnx::ModelProto& model) {
    auto& graph = *model.mutable_graph();
    for (std::size_t n = 1 + below(3); n > 0; --n) mutate(graph);
  }

 private:
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : engine_() % limit; }
  int index(int size) { return static_cast<int>(below(static_cast<std::size_t>(size))); }

  std::int64_t number() {
    static constexpr std::array<std::int64_t, 14> kNumbers{
        -1, 0, 1, 2, 3, 7, 100, 65536, 1 << 20, std::int64_t{1} << 31, std::int64_t{1} << 33, -5, INT64_MAX, INT64_MIN};
    return kNumbers[below(kNumbers.size())];
  }

  void mutate(onnx::GraphProto& graph) {
    switch (below(6)) {
      case 0:
        return mutate_dims(graph);
      case 1:
        return mutate_attribute(graph);
      case 2:
        return mutate_wiring(graph);
      case 3:
        return mutate_integers(graph);
      case 4:
        if (graph.node_size() > 0) graph.mutable_node(index(graph.node_size()))->set_op_type(some_op(graph));
        return;
      default:
        return mutate_input(graph);
    }
  }

  std::string some_op(const onnx::GraphProto& graph) {
    const auto ops = op_list();
    return below(2) == 0 ? graph.node(index(graph.node_size())).op_type() : std::string(ops[below(ops.size())].name);
  }

  void mutate_dims(onnx::GraphProto& graph) {
    if (graph.initializer_size() == 0) return;
    auto& tensor = *graph.mutable_initializer(index(graph.initializer_size()));
    if (below(3) == 0) tensor.set_data_type(index(24));
    if (below(3) == 0) tensor.add_dims(number());
    if (tensor.dims_size() > 0) tensor.set_dims(index(tensor.dims_size()), number());
  }

  void mutate_attribute(onnx::GraphProto& graph) {
    if (graph.node_size() == 0) return;
    auto& node = *graph.mutable_node(index(graph.node_size()));
    if (node.attribute_size() == 0) return;
    auto& attribute = *node.mutable_attribute(index(node.attribute_size()));
    if (attribute.has_i()) attribute.set_i(number());
    if (attribute.ints_size() > 0) attribute.set_ints(index(attribute.ints_size()), number());
    if (below(4) == 0) attribute.add_ints(number());
    if (below(4) == 0 && attribute.ints_size() > 0) attribute.mutable_ints()->RemoveLast();
  }

  void mutate_wiring(onnx::GraphProto& graph) {
    if (graph.node_size() == 0) return;
    auto& node = *graph.mutable_node(index(graph.node_size()));
    const auto& other = graph.node(index(graph.node_size()));
    if (node.input_size() == 0) return;
    std::string& input = *node.mutable_input(index(node.input_size()));
    if (below(4) == 0) input.clear();
    if (below(2) == 0 && other.output_size() > 0) input = other.output(0);
    if (below(2) == 0 && graph.initializer_size() > 0)
      input = graph.initializer(index(graph.initializer_size())).name();
    if (below(8) == 0) node.add_input(input);
    if (below(8) == 0) node.add_output("extra");
  }

  /// Shapes, axes, pads and the like, as operands.
  void mutate_integers(onnx::GraphProto& graph) {
    for (auto& tensor : *graph.mutable_initializer()) {
      if (tensor.data_type() != onnx::TensorProto::INT64 || below(2) == 0) continue;
      if (tensor.int64_data_size() > 0) tensor.set_int64_data(index(tensor.int64_data_size()), number());
      if (tensor.raw_data().size() < 8) continue;
      const std::int64_t value = number();
      std::string& raw = *tensor.mutable_raw_data();
      std::memcpy(&raw[below(raw.size() / 8) * 8], &value, 8);
    }
  }

  void mutate_input(onnx::GraphProto& graph) {
    if (graph.input_size() == 0) return;
    auto& shape =
        *graph.mutable_input(index(graph.input_size()))->mutable_type()->mutable_tensor_type()->mutable_shape();
    if (shape.dim_size() == 0 || below(4) == 0) shape.add_dim()->set_dim_value(number());
    shape.mutable_dim(index(shape.dim_size()))->set_dim_value(number());
  }

  std::mt19937 engine_;
};

}  // namespace

std::string mutate_bytes(std::uint32_t seed, const std::vector<std::string>& models) {
  return Mutator(seed).mutate(models);
}

onnx::ModelProto mutate_contents(std::uint32_t seed, const std::vector<std::string>& models) {
  onnx::ModelProto model;
  model.ParseFromString(models.at(seed % models.size()));
  ProtoMutator(seed).mutate(model);
  return model;
}

}  // namespace sluice::test
