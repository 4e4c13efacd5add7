#include "systemgen/network/execute.hpp"

#include "core/kernel/interpreter.hpp"
#include "systemgen/network/banks.hpp"

namespace sluice {

Expected<ChannelContents> execute(const TokenNetwork& network, const std::vector<std::vector<std::uint64_t>>& inputs) {
  ChannelContents contents(network.channels.size());
  for (std::size_t i = 0; i < network.inputs.size(); ++i) {
    contents[network.made_by(network.inputs[i]).at(0).index()] = inputs.at(i);
  }
  for (const auto actor : network.actors) {
    const auto& kernel = network[actor].kernel;
    auto arrays = initial_contents(kernel);
    for (const auto edge : network.in_edges(actor)) {
      const auto& link = network[edge];
      scatter(network.channel(link.channel).banking, contents[link.channel.index()], link.arrays, arrays);
    }
    if (auto errors = execute(kernel, arrays); !errors.empty()) return errors;
    for (const auto id : network.made_by(actor)) {
      const auto& channel = network.channel(id);
      contents[id.index()] = gather(channel.banking, channel.arrays, arrays);
    }
  }
  return contents;
}

std::vector<std::uint64_t> to_bits(const Tensor& tensor) {
  std::vector<std::uint64_t> bits(static_cast<std::size_t>(tensor.size()));
  for (std::size_t i = 0; i < bits.size(); ++i) bits[i] = tensor.bits(static_cast<std::int64_t>(i));
  return bits;
}

Tensor from_bits(const TensorType& type, const std::vector<std::uint64_t>& bits) {
  Tensor tensor(type);
  for (std::size_t i = 0; i < bits.size(); ++i) tensor.set_bits(static_cast<std::int64_t>(i), bits[i]);
  return tensor;
}

}  // namespace sluice
