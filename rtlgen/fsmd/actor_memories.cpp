#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "rtlgen/fsmd/actor_builder.hpp"

namespace sluice {

int address_bits(const Array& array, const FsmdArray& stored) {
  const std::int64_t words = stored.ring > 0 ? stored.ring : element_count(array.shape);
  return std::max(1, static_cast<int>(std::bit_width(static_cast<std::uint64_t>(words - 1))));
}

Expr ActorBuilder::address_net(const MemoryAccess& access, int bits) const {
  const Expr address = net(access.address, bits).resized(bits);
  return access.frame ? net(*access.frame, bits) + address : address;
}

MemoryPort ActorBuilder::read_port(std::size_t i) const {
  std::vector<Choice> addresses;
  std::vector<State> states;
  for (const auto& read : fsmd_.arrays[i].reads) {
    addresses.push_back({read.state, address_net(read, address_bits(kernel_.arrays[i], fsmd_.arrays[i]))});
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
    addresses.push_back({write.state, address_net(write, address_bits(array, fsmd_.arrays[i]))});
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

void ActorBuilder::add_memory(std::size_t i) {
  const Memory& memory = memories_[i];
  const auto named_port = [&](const MemoryPort& port, const std::string& kind, const Expr& data) {
    const bool always = memory.in_registers && kind == "_r";  // they are read without being asked
    return MemoryPort{always ? port.enable : named(memory.name + kind + "e", port.enable),
                      named(memory.name + kind + "addr", port.address), data};
  };
  const MemoryPort read = named_port(read_port(memory.fields.front().array), "_r", memory_data_[i]);
  (memory.in_registers ? actor_.register_bits : actor_.memory_bits) += memory.depth * memory.width;
  if (memory.role == ArrayRole::weight) {
    actor_.memories.push_back(memory_file(i));
    m_.add_instance(rom_instance(memory, read, actor_.memories.back().name));
    actor_.units.insert("sluice_rom");
    return;
  }
  const MemoryPort write = write_port(memory);
  const Instance ram = ram_instance(memory, named_port(write, "_w", named(memory.name + "_wdata", write.data)), read);
  actor_.units.insert(ram.module);
  m_.add_instance(ram);
}

void ActorBuilder::drive_word(std::size_t i) {
  const FsmdArray& array = fsmd_.arrays[i];
  if (!is_word(kernel_.arrays[i]) || array.reads.empty() || array.writes.empty()) return;
  const MemoryPort write = write_port(i);
  m_.drive(read_data_[i], write.data, write.enable);
}

MemoryPort ActorBuilder::write_port(const Memory& memory) const {
  MemoryPort port;
  std::vector<Expr> data;
  for (const auto& field : memory.fields) {
    port = write_port(field.array);
    data.push_back(port.data);
  }
  std::reverse(data.begin(), data.end());
  port.data = concat(data);
  return port;
}

MemoryFile ActorBuilder::memory_file(std::size_t i) const {
  constexpr std::size_t kLongestName = 64;  // short enough for a file, whatever the arrays are called
  std::string name = verilog_identifier(memories_[i].name);
  if (name.size() > kLongestName) name = fmt::format("{}_{}", name.substr(0, kLongestName), i);
  MemoryFile file{fmt::format("{}_{}.mem", m_.name(), name), {}};
  for (const auto& field : memories_[i].fields) {
    const auto& array = kernel_.arrays[field.array];
    file.fields.push_back({array.type.width(), array.contents});
  }
  return file;
}

}  // namespace sluice
