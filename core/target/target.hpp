#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
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

  bool operator==(const UnitTiming&) const = default;
};

/// Where to put registers so that no stage is longer than `budget_ps`: the fewest of them, and among those choices one
/// with the shortest longest stage. A segment that is itself longer than the budget becomes a stage of its own.
UnitTiming place_cuts(const std::vector<int>& segment_ps, int budget_ps);

/// The type at which an operation's unit is looked up: the first float operand's, else the result's if that is a float,
/// else the widest operand's.
ScalarType figure_type(const std::vector<ScalarType>& operands, ScalarType result);

/// How a target's multipliers are written: as the operator `*`, for hard multipliers, or as Booth recoding and a tree
/// of adders.
enum class MultiplierForm : std::uint8_t { operator_sign, booth };

/// The form, and of hard multipliers the bits of both operands, unsigned: wider products are put together from such.
struct Multiplier {
  MultiplierForm form = MultiplierForm::operator_sign;
  int wide_bits = 24;
  int narrow_bits = 17;
};

/// What a target file says.
struct TargetData {
  /// Equal segments in a row; the number of them may grow with the format (the rows of a divider).
  struct Segments {
    int ps = 0;
    int rows_per_mantissa_bit = 0;
    int more_rows = 1;
  };

  /// One unit at one type.
  struct Entry {
    ScalarType type;
    std::vector<Segments> segments;
    double area = 0;
    int dsp = 0;
  };

  std::string name;
  std::string family;  ///< "asic", or an FPGA family that Yosys knows ("xc7", ...); empty: not for synthesis
  std::string area_unit;
  double default_clock_ns = 0;
  int register_ps = 0;
  int multiplexer_base_ps = 0;
  int multiplexer_level_ps = 0;  ///< for each doubling of the inputs
  int memory_read_ps = 0;
  int memory_setup_ps = 0;
  int register_words = 4;
  Multiplier multiplier;
  std::map<std::string, std::vector<Entry>, std::less<>> units;
};

/// The technology that a design is made for: delays, areas and memories, read from a JSON file (core/target/data).
class Target {
 public:
  explicit Target(TargetData data) : data_(std::move(data)) {}

  /// A target by name ("generic", ...) or by the path of a JSON file. Errors: unknown name (lists the known ones),
  /// malformed file (says which key).
  static Expected<Target> load(const std::string& name_or_path);

  /// Names of the targets that the binary carries.
  static std::vector<std::string> names();

  [[nodiscard]] const std::string& name() const { return data_.name; }
  [[nodiscard]] const std::string& family() const { return data_.family; }        ///< see TargetData
  [[nodiscard]] const std::string& area_unit() const { return data_.area_unit; }  ///< what `UnitFigures::area` counts
  [[nodiscard]] const Multiplier& multiplier() const { return data_.multiplier; }
  [[nodiscard]] double default_clock_ns() const { return data_.default_clock_ns; }

  /// Figures of `unit` ("fp_add", "int_mul", ...) at `type`. Integers: those of the smallest tabulated type that is at
  /// least as wide; floats: interpolated by mantissa bits between the two tabulated neighbours; beyond the table:
  /// scaled up from the widest. The type of a conversion is its float format, of a product its wider operand's. Throws
  /// std::out_of_range for a unit that the target does not describe at such types.
  [[nodiscard]] UnitFigures figures(std::string_view unit, ScalarType type) const;

  /// `place_cuts` on the figures; the budget is the clock period less `register_ps`.
  [[nodiscard]] UnitTiming timing(std::string_view unit, ScalarType type, int budget_ps) const;

  [[nodiscard]] int register_ps() const { return data_.register_ps; }  ///< clock to output plus set-up
  [[nodiscard]] int multiplexer_ps(int inputs) const;                  ///< one-hot multiplexer of that many inputs
  [[nodiscard]] int memory_read_ps() const { return data_.memory_read_ps; }  ///< clock to read data of a memory
  [[nodiscard]] int memory_setup_ps() const {
    return data_.memory_setup_ps;
  }  ///< address or write data before the clock
  /// Most words of an array that is smaller, or no larger, from registers and gates that are read in the same cycle.
  [[nodiscard]] int register_words() const { return data_.register_words; }

 private:
  TargetData data_;
};

}  // namespace sluice
