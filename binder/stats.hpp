#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "binder/binding.hpp"

namespace sluice {

/// Multiplexers in front of one kind of inputs. One with n inputs takes n - 1 two-to-one multiplexers for each bit.
struct MultiplexerStats {
  int count = 0;          ///< inputs of the datapath that have more than one source
  int inputs = 0;         ///< all their sources
  int widest = 0;         ///< most sources of one; 1 where there is no multiplexer
  std::int64_t bits = 0;  ///< of two-to-one multiplexers

  bool operator==(const MultiplexerStats&) const = default;
};

/// What a binding takes, and what it saved by sharing.
struct BindingStats {
  struct Units {
    int units = 0;
    int operations = 0;        ///< that they do, in all nests
    int most_on_one = 0;       ///< operations on the unit that has most
    double area = 0;           ///< of the units, in the target's area unit, without pipeline registers
    double unshared_area = 0;  ///< of one unit for each operation
    int dsp = 0;               ///< hard multipliers of the units
  };

  /// All kinds together.
  [[nodiscard]] Units all_units() const;

  std::map<std::string, Units> units;  ///< by kind: "fp_add"
  int registers = 0;
  std::int64_t register_bits = 0;
  int chain_registers = 0;  ///< of them in shift chains: they hold a value that outlives ii
  std::int64_t chain_bits = 0;
  std::int64_t unshared_register_bits = 0;  ///< with registers for each value alone
  MultiplexerStats at_units;
  MultiplexerStats at_registers;
  MultiplexerStats at_memories;  ///< addresses and data
};

/// Counts what is in a right binding.
BindingStats binding_stats(const Kernel& kernel, const std::vector<ScheduledNest>& nests, const Binding& binding,
                           const Target& target);

}  // namespace sluice
