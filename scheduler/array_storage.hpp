#pragma once

#include <cstdint>
#include <vector>

#include "core/kernel/kernel.hpp"
#include "core/target/target.hpp"

namespace sluice {

/// What holds an array.
enum class ArrayStorage : std::uint8_t {
  memory,     ///< a memory, or a port of the kernel: one read and one write a cycle, data in the cycle after a read
  registers,  ///< registers with an address: one read and one write a cycle, data in the cycle of the read
  word,       ///< a register, or a constant, without an address: there in every cycle, for everybody
};

/// Whether the array is the kernel's own and has one element only.
bool is_word(const Array& array);

/// Scratch arrays of few words are registers: as the target says, where no smaller memory would be saved.
ArrayStorage storage_of(const Kernel& kernel, ArrayId array, const Target& target);

/// Whether a load gives the same in all of a nest: a word that the nest does not store to.
bool is_fixed(const Kernel& kernel, const Nest& nest, const Op& load);

/// What an access takes.
struct PortTiming {
  int latency = 1;  ///< cycles until what is read is there, or what is written can be read
  int limit = 1;    ///< accesses in a cycle; 0: as many as wanted
  int in_ps = 0;    ///< address and data to the port, or to what is read if that takes no cycle
  int out_ps = 0;   ///< clock to what is read
};

/// Of the read ports and write ports of a kernel's arrays, with their multiplexers.
class PortTimings {
 public:
  /// Keeps both.
  PortTimings(const Kernel& kernel, const Target& target);

  [[nodiscard]] PortTiming read(ArrayId array) const;
  [[nodiscard]] PortTiming write(ArrayId array) const;

 private:
  /// Of one array, in all nests.
  struct Accesses {
    int reads = 0;
    int writes = 0;
    bool by_data = false;  ///< some are lookups by numbers that the kernel computes
  };

  const Kernel* kernel_;
  const Target* target_;
  std::vector<Accesses> accesses_;
};

}  // namespace sluice
