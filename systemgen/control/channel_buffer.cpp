#include "systemgen/control/channel_buffer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace sluice {

int address_bits(std::int64_t elements) {
  return std::max(1, static_cast<int>(std::bit_width(static_cast<std::uint64_t>(elements - 1))));
}

ChannelBuffer::ChannelBuffer(Module& module, std::string name, std::int64_t elements, int element_bits)
    : module_(&module), name_(std::move(name)), elements_(elements) {
  write_enable_ = module.add_wire(name_ + "_we", 1);
  write_address_ = module.add_wire(name_ + "_waddr", sluice::address_bits(elements));
  write_data_ = module.add_wire(name_ + "_wdata", element_bits);
}

ReadPort ChannelBuffer::add_reader(const std::string& reader, std::size_t step) {
  const auto reads_now = [&](const Memory& memory) {
    return std::any_of(memory.readers.begin(), memory.readers.end(), [&](const Reader& r) { return r.step == step; });
  };
  auto memory = std::find_if_not(memories_.begin(), memories_.end(), reads_now);
  if (memory == memories_.end()) {
    const std::string number = memories_.empty() ? "" : fmt::format("_{}", memories_.size());
    memories_.push_back({module_->add_wire(name_ + "_rdata" + number, write_data_.width()), {}});
    memory = memories_.end() - 1;
  }
  const std::string prefix = name_ + "_to_" + reader;
  ReadPort port{module_->add_wire(prefix + "_re", 1), module_->add_wire(prefix + "_raddr", address_bits()),
                memory->data};
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

void ChannelBuffer::add_memories(const std::vector<Expr>& running) {
  for (std::size_t i = 0; i < memories_.size(); ++i) {
    const auto& memory = memories_[i];
    Expr enable = memory.readers.back().port.enable;
    Expr address = memory.readers.back().port.address;
    for (std::size_t r = memory.readers.size() - 1; r-- > 0;) {
      const auto& reader = memory.readers[r];
      enable = select(running.at(reader.step), reader.port.enable, enable);
      address = select(running.at(reader.step), reader.port.address, address);
    }
    const std::string number = i == 0 ? "" : fmt::format("_{}", i);
    module_->add_instance({"sluice_ram",
                           "u_" + name_ + number,
                           {{"WIDTH", fmt::format("{}", write_data_.width())}, {"DEPTH", fmt::format("{}", elements_)}},
                           {{"clk", Expr::net("clk", 1)},
                            {"write_enable_i", write_enable_},
                            {"write_address_i", write_address_},
                            {"write_data_i", write_data_},
                            {"read_enable_i", enable},
                            {"read_address_i", address},
                            {"read_data_o", memory.data}},
                           i == 0 ? "" : "a copy for a further port that reads at the same time"});
  }
}

std::int64_t ChannelBuffer::memory_bits() const {
  return static_cast<std::int64_t>(memories_.size()) * elements_ * write_data_.width();
}

}  // namespace sluice
