#include "systemgen/control/boundary.hpp"

#include <fmt/format.h>

#include "systemgen/control/bank_walk.hpp"
#include "systemgen/network/banks.hpp"
#include "systemgen/network/names.hpp"

namespace sluice {
namespace {

StreamPort add_stream(Module& top, Direction direction, const std::string& name, const NetworkNode& node) {
  StreamPort port;
  port.direction = direction;
  port.name = name;
  port.tensor = node.name;
  port.type = node.type;
  port.element_bits = 8 * static_cast<int>(byte_width(node.type.element));
  port.beats_per_frame = element_count(node.type.shape) / port.elements_per_beat;
  // From the side that sends to the side that receives; only TREADY goes back.
  const auto forward = [&](const std::string& signal, int width) {
    direction == Direction::input ? top.add_input(signal, width) : top.add_output(signal, width);
  };
  forward(name + "_tdata", port.data_bits());
  forward(name + "_tvalid", 1);
  if (direction == Direction::input) {
    top.add_output(name + "_tready", 1);
  } else {
    top.add_input(name + "_tready", 1);
  }
  forward(name + "_tlast", 1);
  return port;
}

Expr net(const StreamPort& port, const std::string& signal, int width = 1) {
  return Expr::net(port.name + "_" + signal, width);
}

std::vector<ParameterValue> parameters(const StreamPort& port, int element_bits, std::int64_t run) {
  return {{"WIDTH", fmt::format("{}", element_bits)},
          {"BEATS", fmt::format("{}", port.beats_per_frame)},
          {"CHUNK", fmt::format("{}", run)}};
}

/// Drives the `address` of a tensor in one bank, which counts its elements.
void add_counter(Module& top, const StreamPort& port, const Expr& step, const Expr& address) {
  top.add_instance({"sluice_count",
                    "u_" + port.name + "_address",
                    {{"COUNT", fmt::format("{}", port.beats_per_frame)}},
                    {{"clk", Expr::net("clk", 1)},
                     {"rst", Expr::net("rst", 1)},
                     {"step_i", step},
                     {"value_o", address},
                     {"last_o", top.add_wire(port.name + "_unused_last", 1)}},
                    ""});
}

}  // namespace

std::vector<StreamPort> add_stream_ports(Module& top, const TokenNetwork& network) {
  std::vector<StreamPort> ports;
  VerilogNames names;
  for (const auto node : network.inputs) {
    ports.push_back(add_stream(top, Direction::input, names.claim("s_axis_" + network[node].name), network[node]));
  }
  for (const auto node : network.outputs) {
    ports.push_back(add_stream(top, Direction::output, names.claim("m_axis_" + network[node].name), network[node]));
  }
  return ports;
}

std::set<std::string> add_receive(Module& top, const StreamPort& port, const ChannelBuffer& buffer,
                                  const Channel& channel, const PortControl& control, const Expr& tlast_error) {
  const Expr tdata = net(port, "tdata", port.data_bits());
  const BufferShape& shape = buffer.shape();
  const bool one = walks_straight(channel.banking, channel.rows, shape);
  // A boolean travels in a byte; any but 0 is true.
  const Expr element = port.type.element == ElementType::boolean ? reduce_or(tdata) : tdata;
  const Expr enable = one ? buffer.write_enable() : top.add_wire(port.name + "_we", 1);
  const Expr data = one ? buffer.write_data() : top.add_wire(port.name + "_wdata", shape.word_bits);
  top.add_instance({"sluice_axis_receive",
                    "u_" + port.name,
                    parameters(port, shape.word_bits, control.run),
                    {{"clk", Expr::net("clk", 1)},
                     {"rst", Expr::net("rst", 1)},
                     {"go_i", control.go},
                     {"fire_o", control.fire},
                     {"written_o", control.accessed},
                     {"done_o", control.done},
                     {"tlast_error_o", tlast_error},
                     {"tdata_i", element},
                     {"tlast_i", net(port, "tlast")},
                     {"tvalid_i", net(port, "tvalid")},
                     {"tready_o", net(port, "tready")},
                     {"we_o", enable},
                     {"wdata_o", data}},
                    ""});
  std::set<std::string> cells{"sluice_axis_receive", "sluice_chunks", "sluice_count", "sluice_skid"};
  if (one) {
    add_counter(top, port, enable, buffer.write_address());
    return cells;
  }
  top.add_instance({"sluice_bank_scatter",
                    "u_" + port.name + "_scatter",
                    walk_parameters(channel.banking, channel.rows, shape),
                    {{"clk", Expr::net("clk", 1)},
                     {"rst", Expr::net("rst", 1)},
                     {"we_i", enable},
                     {"data_i", data},
                     {"we_o", buffer.write_enable()},
                     {"waddr_o", buffer.write_address()},
                     {"wdata_o", buffer.write_data()}},
                    fmt::format("{} over {}", port.tensor, to_string(channel.banking))});
  cells.merge(std::set<std::string>{"sluice_bank_scatter", "sluice_bank_walk"});
  return cells;
}

std::set<std::string> add_send(Module& top, const StreamPort& port, const ReadPort& read, const Channel& channel,
                               const PortControl& control) {
  const Expr tdata = net(port, "tdata", port.data_bits());
  const BufferShape& shape = read.shape;
  const bool one = walks_straight(channel.banking, channel.rows, shape);
  Expr element = tdata;
  if (shape.word_bits != port.data_bits()) {
    element = top.add_wire(port.name + "_element", shape.word_bits);
    top.assign(tdata, element.resized(port.data_bits()));
  }
  const Expr enable = one ? read.enable : top.add_wire(port.name + "_re", 1);
  const Expr data = one ? read.data : top.add_wire(port.name + "_rdata", shape.word_bits);
  top.add_instance({"sluice_axis_send",
                    "u_" + port.name,
                    parameters(port, shape.word_bits, control.run),
                    {{"clk", Expr::net("clk", 1)},
                     {"rst", Expr::net("rst", 1)},
                     {"go_i", control.go},
                     {"fire_o", control.fire},
                     {"read_o", control.accessed},
                     {"done_o", control.done},
                     {"re_o", enable},
                     {"rdata_i", data},
                     {"tdata_o", element},
                     {"tlast_o", net(port, "tlast")},
                     {"tvalid_o", net(port, "tvalid")},
                     {"tready_i", net(port, "tready")}},
                    ""});
  std::set<std::string> cells{"sluice_axis_send", "sluice_chunks", "sluice_count", "sluice_skid"};
  if (one) {
    add_counter(top, port, enable, read.address);
    return cells;
  }
  top.add_instance({"sluice_bank_gather",
                    "u_" + port.name + "_gather",
                    walk_parameters(channel.banking, channel.rows, shape),
                    {{"clk", Expr::net("clk", 1)},
                     {"rst", Expr::net("rst", 1)},
                     {"re_i", enable},
                     {"data_o", data},
                     {"re_o", read.enable},
                     {"raddr_o", read.address},
                     {"rdata_i", read.data}},
                    fmt::format("{} from {}", port.tensor, to_string(channel.banking))});
  cells.merge(std::set<std::string>{"sluice_bank_gather", "sluice_bank_walk"});
  return cells;
}

}  // namespace sluice
