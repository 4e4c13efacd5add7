#include "systemgen/control/actor_ports.hpp"

#include <algorithm>

namespace sluice {
namespace {

/// A bank's place among the lanes of an actor's ports.
struct Lane {
  const ActorPort* port = nullptr;  ///< null: none accesses the bank
  int lane = 0;
};

/// By bank.
std::vector<Lane> lanes_of(const std::vector<ActorPort>& ports, const std::vector<ArrayId>& arrays) {
  std::vector<Lane> lanes(arrays.size());
  for (std::size_t bank = 0; bank < arrays.size(); ++bank) {
    for (const auto& port : ports) {
      const auto found = std::ranges::find(port.arrays, arrays[bank]);
      if (found != port.arrays.end()) lanes[bank] = {&port, static_cast<int>(found - port.arrays.begin())};
    }
  }
  return lanes;
}

/// The ports that occur, each once.
std::vector<const ActorPort*> ports_of(const std::vector<Lane>& lanes) {
  std::vector<const ActorPort*> ports;
  for (const auto& lane : lanes) {
    if (lane.port != nullptr && std::ranges::find(ports, lane.port) == ports.end()) ports.push_back(lane.port);
  }
  return ports;
}

/// Connects one signal of a port, an output of the actor, to a net and returns the net: `all` itself, if that is what
/// the port drives as a whole.
Expr connect(Module& top, Instance& instance, const std::string& port_signal, const std::string& net_name, int width,
             const Expr& all, bool whole) {
  const Expr net = whole && width == all.width() ? all : top.add_wire(net_name, width);
  instance.connections.push_back({port_signal, net});
  return net;
}

/// Whether one port has all banks, in their order.
bool is_whole(const std::vector<Lane>& lanes) {
  for (std::size_t bank = 0; bank < lanes.size(); ++bank) {
    if (lanes[bank].port == nullptr || lanes[bank].port != lanes.front().port ||
        lanes[bank].lane != static_cast<int>(bank))
      return false;
  }
  return lanes.front().port->arrays.size() == lanes.size();
}

/// Drives a signal of all banks from the ports' nets: `width` bits of each bank, 0 where no port has it; a net of one
/// such part is for all banks of its port.
void drive_banks(Module& top, const Expr& all, const std::vector<Lane>& lanes,
                 const std::vector<const ActorPort*>& ports, const std::vector<Expr>& nets) {
  if (nets.size() == 1 && nets.front().name() == all.name()) return;
  const int width = all.width() / static_cast<int>(lanes.size());
  std::vector<Expr> parts;
  for (auto lane = lanes.rbegin(); lane != lanes.rend(); ++lane) {
    if (lane->port == nullptr) {
      parts.push_back(Expr::constant(width, 0));
      continue;
    }
    const auto& net = nets[static_cast<std::size_t>(std::ranges::find(ports, lane->port) - ports.begin())];
    parts.push_back(net.width() == width ? net : net.slice(lane->lane * width, width));
  }
  top.assign(all, concat(parts));
}

}  // namespace

void connect_input(Module& top, Instance& instance, const std::vector<ActorPort>& ports,
                   const std::vector<ArrayId>& arrays, const ReadPort& read) {
  const auto lanes = lanes_of(ports, arrays);
  const auto used = ports_of(lanes);
  const bool whole = is_whole(lanes);
  std::vector<Expr> enables;
  std::vector<Expr> addresses;
  for (const auto* port : used) {
    const std::string prefix = instance.name.substr(2) + "_" + port->name;
    enables.push_back(connect(top, instance, port->name + "_re_o", prefix + "_re", 1, read.enable, whole));
    addresses.push_back(
        connect(top, instance, port->name + "_raddr_o", prefix + "_raddr", port->address_bits, read.address, whole));
    std::vector<Expr> data(port->arrays.size());  // highest first
    for (std::size_t bank = 0; bank < lanes.size(); ++bank) {
      if (lanes[bank].port != port) continue;
      data[data.size() - 1 - static_cast<std::size_t>(lanes[bank].lane)] =
          read.data.slice(static_cast<int>(bank) * port->data_bits, port->data_bits);
    }
    instance.connections.push_back({port->name + "_rdata_i", whole ? read.data : concat(data)});
  }
  drive_banks(top, read.enable, lanes, used, enables);
  drive_banks(top, read.address, lanes, used, addresses);
}

void connect_output(Module& top, Instance& instance, const std::vector<ActorPort>& ports,
                    const std::vector<ArrayId>& arrays, const ChannelBuffer& buffer) {
  const auto lanes = lanes_of(ports, arrays);
  const auto used = ports_of(lanes);
  const bool whole = is_whole(lanes);
  std::vector<Expr> enables;
  std::vector<Expr> addresses;
  std::vector<Expr> data;
  for (const auto* port : used) {
    const std::string prefix = instance.name.substr(2) + "_" + port->name;
    enables.push_back(
        connect(top, instance, port->name + "_we_o", prefix + "_we", port->lanes(), buffer.write_enable(), whole));
    addresses.push_back(connect(top, instance, port->name + "_waddr_o", prefix + "_waddr", port->address_bits,
                                buffer.write_address(), whole));
    data.push_back(connect(top, instance, port->name + "_wdata_o", prefix + "_wdata", port->data_bits * port->lanes(),
                           buffer.write_data(), whole));
  }
  drive_banks(top, buffer.write_enable(), lanes, used, enables);
  drive_banks(top, buffer.write_address(), lanes, used, addresses);
  drive_banks(top, buffer.write_data(), lanes, used, data);
}

}  // namespace sluice
