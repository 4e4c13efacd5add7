#include "systemgen/report/memories.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rtlgen/fsmd/memories.hpp"
#include "systemgen/report/text.hpp"

namespace sluice {
namespace {

/// "w" of "w_b3" if the kernel has "w_b0" of the same kind, else the name itself.
std::string without_bank(const Kernel& kernel, const Array& array) {
  const auto end = array.name.find_last_not_of("0123456789");
  if (end == std::string::npos || end + 1 == array.name.size() || end < 2) return array.name;
  if (array.name.compare(end - 1, 2, "_b") != 0) return array.name;
  const std::string stem = array.name.substr(0, end - 1);
  const bool known = std::ranges::any_of(kernel.arrays, [&](const Array& first) {
    return first.name == stem + "_b0" && first.role == array.role && first.type == array.type &&
           first.shape == array.shape;
  });
  return known ? stem : array.name;
}

/// Takes the accesses of one port into account.
void count(MemoryFacts& memory, const Fsmd& fsmd, const std::vector<MemoryAccess>& accesses) {
  std::vector<int> of_nest(fsmd.nests.size(), 0);
  for (const auto& access : accesses) ++of_nest[access.state.nest];
  for (std::size_t n = 0; n < of_nest.size(); ++n) {
    memory.accesses = std::max(memory.accesses, of_nest[n]);
    if (of_nest[n] > 1 && of_nest[n] == fsmd.nests[n].ii) memory.bounds_ii = std::max(memory.bounds_ii, of_nest[n]);
  }
}

/// What bounds an interval may be any bank of it.
void add_bank(std::vector<MemoryFacts>& memories, std::size_t begin, MemoryFacts bank) {
  const auto known =
      std::find_if(memories.begin() + static_cast<std::ptrdiff_t>(begin), memories.end(),
                   [&](const MemoryFacts& memory) { return memory.name == bank.name && memory.kind == bank.kind; });
  if (known == memories.end()) {
    memories.push_back(std::move(bank));
    return;
  }
  ++known->banks;
  known->accesses = std::max(known->accesses, bank.accesses);
  known->bounds_ii = std::max(known->bounds_ii, bank.bounds_ii);
}

void add_arrays(std::vector<MemoryFacts>& memories, const Kernel& kernel, const Fsmd& fsmd) {
  const std::size_t begin = memories.size();
  for (std::size_t i = 0; i < kernel.arrays.size(); ++i) {
    const auto& array = kernel.arrays[i];
    const bool rom = array.role == ArrayRole::weight;
    if (!in_memory(array) || fsmd.arrays[i].reads.empty()) continue;
    MemoryFacts memory;
    memory.actor = kernel.name;
    memory.name = without_bank(kernel, array);
    memory.kind = rom ? "rom" : "ram";
    memory.words = element_count(array.shape);
    memory.word_bits = array.type.width();
    memory.write_ports = rom ? 0 : 1;
    count(memory, fsmd, fsmd.arrays[i].reads);
    count(memory, fsmd, fsmd.arrays[i].writes);
    add_bank(memories, begin, std::move(memory));
  }
}

void add_channel(std::vector<MemoryFacts>& memories, const Design& design, const std::vector<BuiltActor>& actors,
                 ChannelId id) {
  const auto& network = design.network;
  const auto& channel = network.channel(id);
  MemoryFacts memory;
  memory.name = channel.tensor;
  memory.kind = "ram";
  memory.banks = bank_count(channel.banking);
  memory.copies = design.system.copies.at(id.index());
  memory.words = element_count(bank_shape(channel.banking));
  memory.word_bits = channel.type.width();
  memory.write_ports = 1;
  const auto count_arrays = [&](TokenNetwork::NodeId node, const std::vector<ArrayId>& arrays) {
    const auto actor = std::ranges::find(network.actors, node);
    if (actor == network.actors.end()) return;
    const Fsmd& fsmd = actors[static_cast<std::size_t>(actor - network.actors.begin())].fsmd;
    for (const auto array : arrays) {
      if (!array.valid()) continue;
      count(memory, fsmd, fsmd.arrays[array.index()].reads);
      count(memory, fsmd, fsmd.arrays[array.index()].writes);
    }
  };
  count_arrays(channel.maker, channel.arrays);
  for (const auto edge : network.out_edges(channel.maker)) {
    if (network[edge].channel == id) count_arrays(network.target(edge), network[edge].arrays);
  }
  if (memory.copies > 0) memories.push_back(std::move(memory));
}

}  // namespace

std::vector<MemoryFacts> memories_of(const Design& design, const std::vector<BuiltActor>& actors) {
  std::vector<MemoryFacts> memories;
  for (std::size_t i = 0; i < actors.size(); ++i)
    add_arrays(memories, design.network[design.network.actors[i]].kernel, actors[i].fsmd);
  for (std::size_t i = 0; i < design.network.channels.size(); ++i) add_channel(memories, design, actors, ChannelId(i));
  return memories;
}

std::vector<std::string> arrays_that_bound(const Kernel& kernel, const Fsmd& fsmd) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kernel.arrays.size(); ++i) {
    MemoryFacts ports;
    count(ports, fsmd, fsmd.arrays[i].reads);
    count(ports, fsmd, fsmd.arrays[i].writes);
    const std::string name = without_bank(kernel, kernel.arrays[i]);
    if (ports.bounds_ii > 0 && std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  return names;
}

std::string memory_table(const std::vector<MemoryFacts>& memories) {
  constexpr std::size_t kShown = 8;
  std::vector<const MemoryFacts*> sorted;
  for (const auto& memory : memories) sorted.push_back(&memory);
  std::ranges::stable_sort(sorted, std::greater<>{}, [](const MemoryFacts* memory) { return memory->bits(); });
  std::string text = fmt::format("{:<28} {:<14} {:<4} {:>5} {:>6} {:>9} {:>9} {:>12}\n", "memory of", "array", "kind",
                                 "banks", "copies", "words", "word bits", "bits");
  for (std::size_t i = 0; i < std::min(kShown, sorted.size()); ++i) {
    const auto& memory = *sorted[i];
    const std::string note = memory.bounds_ii > 0 ? fmt::format("  its ports keep the II at {}", memory.bounds_ii) : "";
    text += fmt::format("{:<28} {:<14} {:<4} {:>5} {:>6} {:>9} {:>9} {:>12}{}\n",
                        memory.actor.empty() ? "a buffer" : shortened(memory.actor, 28), shortened(memory.name, 14),
                        memory.kind, memory.banks, memory.copies, grouped(memory.words), memory.word_bits,
                        grouped(memory.bits()), note);
  }
  std::int64_t rest = 0;
  for (std::size_t i = kShown; i < sorted.size(); ++i) rest += sorted[i]->bits();
  if (sorted.size() > kShown)
    text += fmt::format("and {} smaller ones of {} bits together\n", sorted.size() - kShown, grouped(rest));
  return text;
}

}  // namespace sluice
