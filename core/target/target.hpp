#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/arith/scalar_type.hpp"
#include "core/diag/expected.hpp"

namespace sluice {

/// Measured facts of one hardware unit at one operand type.
struct UnitFigures {
  /// Combinational delay, in ps, of each segment between the places where the unit can take a register (its "cuts").
  /// A unit with n segments has n - 1 possible cuts; cut k lies between segments k and k + 1.
  std::vector<int> segment_ps;
  double area = 0;  ///< in the target's area unit, without pipeline registers
  int dsp = 0;      ///< hard multipliers, where the target has them
};

/// A unit as it is built for a clock period: where its registers are, and what a scheduler needs to know of it.
struct UnitTiming {
  std::uint64_t cuts = 0;  ///< bit k set: register at cut k; the Verilog parameter CUTS
  int latency = 0;         ///< cycles from operands to result = number of cuts taken
  int in_ps = 0;           ///< operands to the first register; the whole delay when latency is 0
  int out_ps = 0;          ///< last register to result; 0 when latency is 0
};

/// The technology that a design is made for: delays, areas and memories, read from a JSON file (core/target/data).
class Target {
 public:
  /// A target by name ("generic", ...) or by the path of a JSON file. Errors: unknown name (lists the known ones),
  /// malformed file (says which key).
  static Expected<Target> load(const std::string& name_or_path);

  /// Names of the targets that the binary carries.
  static std::vector<std::string> names();

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] double default_clock_ns() const { return default_clock_ns_; }

  /// Figures of `unit` ("fp_add", "int_mul", ...) at `type`; those of the smallest tabulated type that is at least as
  /// wide, or scaled up from the widest. Throws std::out_of_range for a unit that the target does not describe.
  [[nodiscard]] UnitFigures figures(std::string_view unit, ScalarType type) const;

  /// Fewest cuts that let every stage of the unit fit into `budget_ps` (clock period less register overhead).
  /// When a single segment is longer than that, every cut around it is taken and the segment decides the clock.
  [[nodiscard]] UnitTiming timing(std::string_view unit, ScalarType type, int budget_ps) const;

  [[nodiscard]] int register_ps() const { return register_ps_; }          ///< clock to output plus set-up
  [[nodiscard]] int multiplexer_ps(int inputs) const;                     ///< one-hot multiplexer of that many inputs
  [[nodiscard]] int memory_read_ps() const { return memory_read_ps_; }    ///< clock to read data of a memory
  [[nodiscard]] int memory_setup_ps() const { return memory_setup_ps_; }  ///< address or write data before the clock

 private:
  struct Entry {
    int exponent_bits = 0;  ///< 0 for an integer
    int width = 0;          ///< mantissa bits of a float, all bits of an integer
    UnitFigures figures;
  };

  std::string name_;
  double default_clock_ns_ = 10;
  int register_ps_ = 0;
  int multiplexer_base_ps_ = 0;
  int multiplexer_level_ps_ = 0;  ///< for each doubling of the inputs
  int memory_read_ps_ = 0;
  int memory_setup_ps_ = 0;
  std::map<std::string, std::vector<Entry>, std::less<>> units_;
};

}  // namespace sluice
