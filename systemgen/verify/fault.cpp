#include "systemgen/verify/fault.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "core/arith/float_ops.hpp"

namespace sluice {
namespace {

/// "0.5 (3f000000)"; the bits alone where they have no value.
std::string value_text(const std::string& digits, ScalarType type) {
  char* end = nullptr;
  const std::uint64_t bits = std::strtoull(digits.c_str(), &end, 16) & low_bits(type.width());
  if (digits.empty() || *end != '\0') return digits + " (undefined)";
  if (type.is_float()) return fmt::format("{:.9g} ({})", fp::to_double(type.format(), bits), digits);
  return type.is_signed() ? fmt::format("{}", to_int64(type, bits)) : fmt::format("{}", bits);
}

std::string index_text(std::int64_t index, const Shape& shape) {
  std::string text;
  for (std::size_t i = shape.size(); i-- > 0;) {
    text = fmt::format("{}{}{}", index % shape[i], text.empty() ? "" : ",", text);
    index /= shape[i];
  }
  return "[" + text + "]";
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// The element that was wrong, from its place in a bank.
std::string describe_probe(const ValueMismatch& probe, const Channel& channel) {
  const auto elements = elements_of(channel.banking, probe.bank);
  ValueMismatch mismatch = probe;
  mismatch.index = probe.index < std::ssize(elements) ? elements[static_cast<std::size_t>(probe.index)] : -1;
  if (mismatch.index < 0) {
    return fmt::format("frame {}: it writes to place {} of bank {}, which has no element", probe.frame, probe.index,
                       probe.bank);
  }
  return describe_mismatch(mismatch, channel.type, channel.banking.shape);
}

}  // namespace

std::string describe_mismatch(const ValueMismatch& mismatch, ScalarType type, const Shape& shape) {
  return fmt::format("frame {}, element {}: the hardware gives {}, the reference {}", mismatch.frame,
                     index_text(mismatch.index, shape), value_text(mismatch.got, type),
                     value_text(mismatch.expected, type));
}

Diagnostic locate_fault(const Design& design, const SimulationResult& probed) {
  const auto& network = design.network;
  for (const auto actor : network.actors) {
    for (const auto id : network.made_by(actor)) {
      const auto& channel = network.channel(id);
      const auto found = std::find_if(probed.probes.begin(), probed.probes.end(),
                                      [&](const ValueMismatch& probe) { return probe.name == channel.name; });
      if (found == probed.probes.end()) continue;
      const auto& kernel = network[actor].kernel;
      return {channel.tensor,
              fmt::format("made by actor {} ({}; ONNX nodes: {}); {}; written in cycle {}", kernel.name,
                          kernel.operation, joined(kernel.onnx_nodes), describe_probe(*found, channel), found->cycle),
              "all tensors that the actor reads are right; this is a bug in Sluice, please report the model"};
    }
  }
  return {network.name, "every actor writes the right values, but the outputs differ: what sends them is wrong",
          "this is a bug in Sluice; please report the model"};
}

}  // namespace sluice
