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
  const bool outside = array.role == ArrayRole::input || array.role == ArrayRole::output;
  if (outside || fsmd_.arrays[i].reads.empty()) return;
  MemoryPort read = read_port(i);
  read.enable = named(array.name + "_re", read.enable);
  read.address = named(array.name + "_raddr", read.address);
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

MemoryPort ActorBuilder::read_port(std::size_t i) const {
  std::vector<Choice> addresses;
  std::vector<State> states;
  for (const auto& read : fsmd_.arrays[i].reads) {
    addresses.push_back({read.state, address_net(read, address_bits(kernel_.arrays[i]))});
    states.push_back(read.state);
  }
  return {any_active(states), choose(addresses), read_data_[i]};
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

void ActorBuilder::drive_input(const ActorPort& port) {
  const auto read = read_port(port.arrays.front().index());
  m_.assign(m_.add_output(port.name + "_re_o", 1), read.enable);
  m_.assign(m_.add_output(port.name + "_raddr_o", port.address_bits), read.address);
}

void ActorBuilder::drive_output(const ActorPort& port) {
  std::vector<Expr> enables;
  std::vector<Expr> data;
  for (std::size_t lane = port.arrays.size(); lane-- > 0;) {
    const auto write = write_port(port.arrays[lane].index());
    enables.push_back(write.enable);
    data.push_back(write.data);
    if (lane > 0) continue;
    m_.assign(m_.add_output(port.name + "_we_o", port.lanes()), concat(enables));
    m_.assign(m_.add_output(port.name + "_waddr_o", port.address_bits), write.address);
    m_.assign(m_.add_output(port.name + "_wdata_o", port.data_bits * port.lanes()), concat(data));
  }
}

}  // namespace sluice
