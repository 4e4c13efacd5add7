#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "rtlgen/fsmd/actor_builder.hpp"

namespace sluice {

int address_bits(const Array& array) {
  return std::max(1, static_cast<int>(std::bit_width(static_cast<std::uint64_t>(element_count(array.shape) - 1))));
}

std::string ActorBuilder::memory_file_name(std::size_t i) const {
  constexpr std::size_t kLongest = 64;
  std::string name = verilog_identifier(kernel_.arrays[i].name);
  if (name.size() > kLongest) name = fmt::format("{}_{}", name.substr(0, kLongest), i);
  return fmt::format("{}_{}.mem", m_.name(), name);
}

void ActorBuilder::add_array(std::size_t i) {
  const auto& array = kernel_.arrays[i];
  std::vector<Choice> addresses;
  std::vector<State> states;
  const int bits = address_bits(array);
  for (const auto& read : fsmd_.arrays[i].reads) {
    addresses.push_back({read.state, address_net(read, bits)});
    states.push_back(read.state);
  }
  if (array.role == ArrayRole::output) return add_output(i);
  if (addresses.empty()) return;
  const Expr enable = any_active(states);
  const Expr address = choose(addresses);
  if (array.role == ArrayRole::input) {
    const auto port =
        std::find_if(actor_.inputs.begin(), actor_.inputs.end(), [&](const auto& p) { return p.array == ArrayId(i); });
    m_.assign(m_.add_output(port->name + "_re_o", 1), enable);
    m_.assign(m_.add_output(port->name + "_raddr_o", bits), address);
    return;
  }
  const MemoryPort read{named(array.name + "_re", enable), named(array.name + "_raddr", address), read_data_[i]};
  actor_.memory_bits += element_count(array.shape) * array.type.width();
  if (array.role == ArrayRole::weight) {
    actor_.memories.push_back({memory_file_name(i), array.type.width(), *array.contents});
    m_.add_instance(rom_instance(array, read, actor_.memories.back().name));
    actor_.units.insert("sluice_rom");
  } else {
    const auto write = write_port(i);
    m_.add_instance(ram_instance(array,
                                 {named(array.name + "_we", write.enable), named(array.name + "_waddr", write.address),
                                  named(array.name + "_wdata", write.data)},
                                 read));
    actor_.units.insert("sluice_ram");
  }
}

Expr ActorBuilder::address_net(const MemoryAccess& access, int bits) const {
  return net(access.address, bits).resized(bits);
}

MemoryPort ActorBuilder::write_port(std::size_t i) const {
  const auto& array = kernel_.arrays[i];
  std::vector<Choice> addresses;
  std::vector<Choice> data;
  std::vector<Expr> enables;
  for (const auto& write : fsmd_.arrays[i].writes) {
    addresses.push_back({write.state, address_net(write, address_bits(array))});
    data.push_back({write.state, net(*write.data, array.type.width())});
    const Expr predicate = write.predicate ? net(*write.predicate, 1) : Expr::constant(1, 1);
    enables.push_back(predicate.is_constant(1) ? active(write.state) : active(write.state) & predicate);
  }
  return {any_of(enables), choose(addresses), choose(data)};
}

void ActorBuilder::add_output(std::size_t i) {
  const auto& array = kernel_.arrays[i];
  const ActorPort port{ArrayId(i), m_.unique_name(array.name), address_bits(array), array.type.width()};
  const auto write = write_port(i);
  m_.assign(m_.add_output(port.name + "_we_o", 1), write.enable);
  m_.assign(m_.add_output(port.name + "_waddr_o", port.address_bits), write.address);
  m_.assign(m_.add_output(port.name + "_wdata_o", port.data_bits), write.data);
  actor_.outputs.push_back(port);
}

}  // namespace sluice
