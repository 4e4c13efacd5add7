#include "systemgen/control/channel_buffer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace sluice {

int address_bits(std::int64_t elements) {
  return std::max(1, static_cast<int>(std::bit_width(static_cast<std::uint64_t>(elements - 1))));
}

int BufferShape::address_bits() const { return sluice::address_bits(words); }

ChannelBuffer::ChannelBuffer(Module& module, std::string name, BufferShape shape, std::int64_t lanes)
    : module_(&module), name_(std::move(name)), shape_(shape), write_lanes_(lanes) {
  const int banks = static_cast<int>(shape.banks);
  const BufferShape written = write_shape();
  write_enable_ = module.add_wire(name_ + "_we", banks);
  write_address_ = module.add_wire(name_ + "_waddr", banks * written.address_bits());
  write_data_ = module.add_wire(name_ + "_wdata", banks * written.word_bits);
}

ReadPort ChannelBuffer::add_reader(const std::string& reader, std::size_t step, std::int64_t lanes) {
  const int banks = static_cast<int>(shape_.banks);
  const BufferShape seen = shape_.interleaved(lanes);
  const auto can_share = [&](const Memory& memory) {
    return memory.lanes == lanes &&
           std::none_of(memory.readers.begin(), memory.readers.end(), [&](const Reader& r) { return r.step == step; });
  };
  auto memory = std::find_if(memories_.begin(), memories_.end(), can_share);
  if (memory == memories_.end()) {
    const std::string number = memories_.empty() ? "" : fmt::format("_{}", memories_.size());
    memories_.push_back({module_->add_wire(name_ + "_rdata" + number, banks * seen.word_bits), lanes, {}});
    memory = memories_.end() - 1;
  }
  const std::string prefix = name_ + "_to_" + reader;
  ReadPort port{seen, module_->add_wire(prefix + "_re", banks),
                module_->add_wire(prefix + "_raddr", banks * seen.address_bits()), memory->data};
  memory->readers.push_back({step, port});
  return port;
}

std::vector<std::size_t> ChannelBuffer::sharing_steps() const {
  std::vector<std::size_t> steps;
  for (const auto& memory : memories_) {
    if (memory.readers.size() < 2) continue;
    for (const auto& reader : memory.readers) steps.push_back(reader.step);
  }
  return steps;
}

std::string ChannelBuffer::cell_of(const Memory& memory) const {
  if (write_lanes_ > 1) return "sluice_ram_wide_write";
  if (memory.lanes > 1) return "sluice_ram_wide_read";
  return shape_.banks == 1 ? "sluice_ram" : "sluice_ram_banks";
}

std::int64_t ChannelBuffer::interleaved() const {
  std::int64_t lanes = write_lanes_;
  for (const auto& memory : memories_) lanes = std::max(lanes, memory.lanes);
  return lanes;
}

std::set<std::string> ChannelBuffer::add_memories(const std::vector<Expr>& running) {
  const auto number_of = [](const char* parameter, std::int64_t value) {
    return ParameterValue{parameter, fmt::format("{}", value)};
  };
  std::set<std::string> cells;
  for (std::size_t i = 0; i < memories_.size(); ++i) {
    const auto& memory = memories_[i];
    const std::string cell = *cells.insert(cell_of(memory)).first;
    const std::int64_t lanes = std::max(write_lanes_, memory.lanes);
    std::vector<ParameterValue> parameters{number_of("WIDTH", shape_.word_bits),
                                           number_of("DEPTH", shape_.words / lanes)};
    if (lanes > 1) parameters.insert(parameters.begin(), number_of("LANES", lanes));
    if (cell != "sluice_ram") parameters.insert(parameters.begin(), number_of("BANKS", shape_.banks));
    Expr enable = memory.readers.back().port.enable;
    Expr address = memory.readers.back().port.address;
    for (std::size_t r = memory.readers.size() - 1; r-- > 0;) {
      const auto& reader = memory.readers[r];
      enable = select(running.at(reader.step), reader.port.enable, enable);
      address = select(running.at(reader.step), reader.port.address, address);
    }
    const std::string number = i == 0 ? "" : fmt::format("_{}", i);
    module_->add_instance({cell,
                           "u_" + name_ + number,
                           parameters,
                           {{"clk", Expr::net("clk", 1)},
                            {"write_enable_i", write_enable_},
                            {"write_address_i", write_address_},
                            {"write_data_i", write_data_},
                            {"read_enable_i", enable},
                            {"read_address_i", address},
                            {"read_data_o", memory.data}},
                           i == 0 ? "" : "a copy for a further port that reads at the same time"});
  }
  return cells;
}

std::int64_t ChannelBuffer::memory_bits() const { return copies() * shape_.banks * shape_.words * shape_.word_bits; }

}  // namespace sluice
