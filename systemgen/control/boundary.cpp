#include "systemgen/control/boundary.hpp"

#include <fmt/format.h>

#include "systemgen/control/bank_walk.hpp"
#include "systemgen/control/port_beats.hpp"
#include "systemgen/network/banks.hpp"
#include "systemgen/network/choose_rows.hpp"
#include "systemgen/network/names.hpp"
#include "systemgen/network/stream_beat.hpp"

namespace sluice {
namespace {

StreamPort add_stream(Module& top, Direction direction, const std::string& name, const NetworkNode& node) {
  StreamPort port;
  port.direction = direction;
  port.name = name;
  port.tensor = node.name;
  port.type = node.type;
  port.order = node.order;
  port.element_bits = stream_bits(scalar_type(node.type.element));
  port.elements_per_beat = static_cast<int>(node.elements_per_beat);
  port.beats_per_frame = element_count(node.type.shape) / node.elements_per_beat;
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

std::vector<ParameterValue> parameters(int width, std::int64_t run) {
  return {{"WIDTH", fmt::format("{}", width)}, {"CHUNK", fmt::format("{}", run)}};
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
  const PortBeats beats(port, channel, buffer.write_shape());
  const int word_bits = channel.type.width();
  const int width = word_bits * port.elements_per_beat;
  const Expr tdata = beats.to_group(net(port, "tdata", port.data_bits()), port.element_bits, word_bits);
  const bool one = beats.is_straight();
  const Expr enable = one ? buffer.write_enable() : top.add_wire(port.name + "_we", 1);
  const Expr data = one ? buffer.write_data() : top.add_wire(port.name + "_wdata", width);
  top.add_instance({"sluice_axis_receive",
                    "u_" + port.name,
                    parameters(width, control.run),
                    {{"clk", Expr::net("clk", 1)},
                     {"rst", Expr::net("rst", 1)},
                     {"go_i", control.go},
                     {"final_i", control.final},
                     {"fire_o", control.fire},
                     {"written_o", control.accessed},
                     {"done_o", control.done},
                     {"tlast_error_o", tlast_error},
                     {"tdata_i", tdata},
                     {"tlast_i", net(port, "tlast")},
                     {"tvalid_i", net(port, "tvalid")},
                     {"tready_o", net(port, "tready")},
                     {"we_o", enable},
                     {"wdata_o", data}},
                    ""});
  std::set<std::string> cells{"sluice_axis_receive", "sluice_chunks", "sluice_count"};
  if (one) {
    add_counter(top, port, enable, buffer.write_address());
    return cells;
  }
  const auto groups = beats.add_access(top, port.name, {buffer.write_enable(), buffer.write_address()});
  top.add_instance({"sluice_bank_scatter",
                    "u_" + port.name + "_scatter",
                    walk_parameters(beats.view(), beats.groups()),
                    {{"clk", Expr::net("clk", 1)},
                     {"rst", Expr::net("rst", 1)},
                     {"we_i", enable},
                     {"data_i", data},
                     {"we_o", groups.enable},
                     {"waddr_o", groups.address},
                     {"wdata_o", beats.add_data(top, port.name, buffer.write_data())}},
                    fmt::format("{} over {}", port.tensor, to_string(channel.banking))});
  cells.merge(std::set<std::string>{"sluice_bank_scatter", "sluice_bank_walk"});
  return cells;
}

std::set<std::string> add_send(Module& top, const StreamPort& port, const ReadPort& read, const Channel& channel,
                               const PortControl& control) {
  const Expr tdata = net(port, "tdata", port.data_bits());
  const PortBeats beats(port, channel, read.shape);
  const int word_bits = channel.type.width();
  const int width = word_bits * port.elements_per_beat;
  Expr element = tdata;
  if (width != port.data_bits() || !beats.is_in_order()) {
    element = top.add_wire(port.name + "_element", width);
    top.assign(tdata, beats.to_beat(element, word_bits, port.element_bits));
  }
  const bool one = beats.is_straight();
  const Expr enable = one ? read.enable : top.add_wire(port.name + "_re", 1);
  const Expr data = one ? read.data : top.add_wire(port.name + "_rdata", width);
  top.add_instance({"sluice_axis_send",
                    "u_" + port.name,
                    parameters(width, control.run),
                    {{"clk", Expr::net("clk", 1)},
                     {"rst", Expr::net("rst", 1)},
                     {"go_i", control.go},
                     {"final_i", control.final},
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
  const auto groups = beats.add_access(top, port.name, {read.enable, read.address});
  top.add_instance({"sluice_bank_gather",
                    "u_" + port.name + "_gather",
                    walk_parameters(beats.view(), beats.groups()),
                    {{"clk", Expr::net("clk", 1)},
                     {"rst", Expr::net("rst", 1)},
                     {"re_i", enable},
                     {"data_o", data},
                     {"re_o", groups.enable},
                     {"raddr_o", groups.address},
                     {"rdata_i", beats.data_of_groups(read.data)}},
                    fmt::format("{} from {}", port.tensor, to_string(channel.banking))});
  cells.merge(std::set<std::string>{"sluice_bank_gather", "sluice_bank_walk"});
  return cells;
}

}  // namespace sluice
