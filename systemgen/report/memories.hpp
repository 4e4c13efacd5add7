#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "systemgen/build_actor.hpp"
#include "systemgen/output/design.hpp"

namespace sluice {

/// An array of an actor, or a channel's buffer: a bank for each part that is accessed at the same time, and each bank
/// in as many copies as are read at the same time. Banks of an actor that are always accessed together lie side by side
/// in the words of one memory.
struct MemoryFacts {
  std::string actor;  ///< empty: a channel's buffer
  std::string name;   ///< of the array, without the number of its bank; of the channel's tensor
  std::string kind;   ///< "rom", "ram", "registers"
  std::int64_t banks = 1;
  std::int64_t copies = 1;
  std::int64_t words = 1;  ///< of a bank
  int word_bits = 1;
  int read_ports = 1;         ///< of a bank's copy; 0 of registers without an address: whoever wants can read them
  int write_ports = 0;        ///< of a bank's copy
  int accesses = 0;           ///< most of one port in an iteration of a nest, which is an interval's least length
  int bounds_ii = 0;          ///< the interval of a nest that can't be shorter because of them; 0: none, or 1
  std::int64_t memories = 1;  ///< that hold all banks and copies; 0 of registers without an address
  int memory_word_bits = 1;   ///< of the widest of them, with all that lies side by side in it

  [[nodiscard]] std::int64_t bits() const { return banks * copies * words * word_bits; }
};

/// All memories of a design, actor by actor, then the channels. `actors` are in the order of the network's.
std::vector<MemoryFacts> memories_of(const Design& design, const std::vector<BuiltActor>& actors);

/// The arrays of an actor, without the numbers of their banks, one of whose ports has an access in every cycle of a
/// nest's interval, if that is longer than a cycle.
std::vector<std::string> arrays_that_bound(const Kernel& kernel, const Fsmd& fsmd);

/// The largest, for people.
std::string memory_table(const std::vector<MemoryFacts>& memories);

}  // namespace sluice
