#include "systemgen/report/memories.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
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

/// The first array with these contents: what several look things up in has copies.
const Array& original(const Kernel& kernel, std::size_t number) {
  const Array& array = kernel.arrays[number];
  return array.contents ? *std::ranges::find(kernel.arrays, array.contents, &Array::contents) : array;
}

bool is_copy(const Kernel& kernel, std::size_t number) { return &original(kernel, number) != &kernel.arrays[number]; }

/// Takes the accesses of one port into account.
void count(MemoryFacts& memory, const Fsmd& fsmd, const std::vector<MemoryAccess>& accesses) {
  std::vector<int> of_nest(fsmd.nests.size(), 0);
  for (const auto& access : accesses) ++of_nest[access.state.nest];
  for (std::size_t n = 0; n < of_nest.size(); ++n) {
    memory.accesses = std::max(memory.accesses, of_nest[n]);
    if (of_nest[n] > 1 && of_nest[n] == fsmd.nests[n].ii) memory.bounds_ii = std::max(memory.bounds_ii, of_nest[n]);
  }
}

/// The arrays of an actor, in the order in which they first appear.
class ArrayFacts {
 public:
  ArrayFacts(const Kernel& kernel, const Fsmd& fsmd) : kernel_(kernel), fsmd_(fsmd) {
    const auto built = memories_of(kernel, fsmd);
    for (std::size_t m = 0; m < built.size(); ++m) {
      for (const auto& field : built[m].fields) memory_of_[field.array] = {m, built[m].width};
    }
    for (std::size_t i = 0; i < kernel.arrays.size(); ++i) {
      const auto& array = kernel.arrays[i];
      const bool is_constant = array.role == ArrayRole::weight && is_word(array);
      if ((in_memory(array) || is_word(array)) && !is_constant && !fsmd.arrays[i].reads.empty()) add(i);
    }
  }

  std::vector<MemoryFacts> all() && {
    for (std::size_t i = 0; i < facts_.size(); ++i) facts_[i].memories = static_cast<std::int64_t>(memories_[i].size());
    return std::move(facts_);
  }

 private:
  [[nodiscard]] MemoryFacts facts_of(std::size_t i) const {
    const auto& array = kernel_.arrays[i];
    const ArrayStorage storage = fsmd_.arrays[i].storage;
    const bool is_rom = array.role == ArrayRole::weight;
    MemoryFacts facts;
    facts.actor = kernel_.name;
    facts.name = without_bank(kernel_, original(kernel_, i));
    facts.kind = is_rom ? "rom" : storage == ArrayStorage::memory ? "ram" : "registers";
    facts.words = element_count(array.shape);
    facts.word_bits = facts.memory_word_bits = array.type.width();
    facts.write_ports = is_rom ? 0 : 1;
    if (storage == ArrayStorage::word) {
      facts.read_ports = 0;
    } else {
      count(facts, fsmd_, fsmd_.arrays[i].reads);
    }
    count(facts, fsmd_, fsmd_.arrays[i].writes);
    return facts;
  }

  /// Banks and copies are one array. What bounds an interval may be any of them.
  void add(std::size_t i) {
    MemoryFacts facts = facts_of(i);
    auto known = std::ranges::find_if(
        facts_, [&](const MemoryFacts& other) { return other.name == facts.name && other.kind == facts.kind; });
    if (known == facts_.end()) {
      memories_.emplace_back();
      known = facts_.insert(facts_.end(), std::move(facts));
    } else {
      ++(is_copy(kernel_, i) ? known->copies : known->banks);
      known->accesses = std::max(known->accesses, facts.accesses);
      known->bounds_ii = std::max(known->bounds_ii, facts.bounds_ii);
    }
    const auto memory = memory_of_.find(i);
    if (memory == memory_of_.end()) return;
    memories_[static_cast<std::size_t>(known - facts_.begin())].insert(memory->second.first);
    known->memory_word_bits = std::max(known->memory_word_bits, memory->second.second);
  }

  const Kernel& kernel_;
  const Fsmd& fsmd_;
  std::map<std::size_t, std::pair<std::size_t, int>> memory_of_;  // by array: its number and the bits of its words
  std::vector<MemoryFacts> facts_;
  std::vector<std::set<std::size_t>> memories_;  // of each of them
};

void add_channel(std::vector<MemoryFacts>& memories, const Design& design, const std::vector<BuiltActor>& actors,
                 ChannelId id) {
  const auto& network = design.network;
  const auto& channel = network.channel(id);
  MemoryFacts memory;
  memory.name = channel.tensor;
  memory.kind = "ram";
  const std::int64_t interleaved = design.system.interleaved.at(id.index());
  memory.banks = bank_count(channel.banking) * interleaved;
  memory.copies = design.system.copies.at(id.index());
  memory.words = design.system.words.at(id.index()) / interleaved;
  memory.word_bits = memory.memory_word_bits = channel.type.width();
  memory.memories = memory.banks * memory.copies;
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
  for (std::size_t i = 0; i < actors.size(); ++i) {
    auto arrays = ArrayFacts(design.network[design.network.actors[i]].kernel, actors[i].fsmd).all();
    std::ranges::move(arrays, std::back_inserter(memories));
  }
  for (std::size_t i = 0; i < design.network.channels.size(); ++i) add_channel(memories, design, actors, ChannelId(i));
  return memories;
}

std::vector<std::string> arrays_that_bound(const Kernel& kernel, const Fsmd& fsmd) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kernel.arrays.size(); ++i) {
    MemoryFacts ports;
    if (fsmd.arrays[i].storage != ArrayStorage::word) count(ports, fsmd, fsmd.arrays[i].reads);
    count(ports, fsmd, fsmd.arrays[i].writes);
    const std::string name = without_bank(kernel, original(kernel, i));
    if (ports.bounds_ii > 0 && std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  return names;
}

std::string memory_table(const std::vector<MemoryFacts>& memories) {
  constexpr std::size_t kShown = 8;
  std::vector<const MemoryFacts*> sorted;
  for (const auto& memory : memories) sorted.push_back(&memory);
  std::ranges::stable_sort(sorted, std::greater<>{}, [](const MemoryFacts* memory) { return memory->bits(); });
  std::string text = fmt::format("{:<28} {:<14} {:<9} {:>5} {:>6} {:>8} {:>9} {:>9} {:>12}\n", "memory of", "array",
                                 "kind", "banks", "copies", "memories", "words", "word bits", "bits");
  for (std::size_t i = 0; i < std::min(kShown, sorted.size()); ++i) {
    const auto& memory = *sorted[i];
    const std::string note = memory.bounds_ii > 0 ? fmt::format("  its ports keep the II at {}", memory.bounds_ii) : "";
    text += fmt::format("{:<28} {:<14} {:<9} {:>5} {:>6} {:>8} {:>9} {:>9} {:>12}{}\n",
                        memory.actor.empty() ? "a buffer" : shortened(memory.actor, 28), shortened(memory.name, 14),
                        memory.kind, memory.banks, memory.copies, memory.memories, grouped(memory.words),
                        memory.word_bits, grouped(memory.bits()), note);
  }
  std::int64_t rest = 0;
  for (std::size_t i = kShown; i < sorted.size(); ++i) rest += sorted[i]->bits();
  if (sorted.size() > kShown)
    text += fmt::format("and {} smaller ones of {} bits together\n", sorted.size() - kShown, grouped(rest));
  return text;
}

}  // namespace sluice
