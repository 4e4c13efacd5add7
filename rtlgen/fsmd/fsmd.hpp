#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "binder/binding.hpp"
#include "core/kernel/interpreter.hpp"
#include "scheduler/array_storage.hpp"

namespace sluice {

/// "Iteration of nest `nest` in its cycle `cycle`": the state that steers a transfer. While a nest runs, such a state
/// is active whenever an iteration started `cycle` cycles ago.
struct State {
  std::size_t nest = 0;
  int cycle = 0;
  auto operator<=>(const State&) const = default;
};

/// What can feed a datapath input.
struct Source {
  enum class Kind : std::uint8_t {
    constant,  ///< `literal`
    reg,       ///< register `index`
    unit,      ///< output of unit `index`
    read,      ///< read data of array `index`
    wire,      ///< combinational operation `index`
    tracker,   ///< value of tracker `index`, extended as its type says
    guard,     ///< guard `index`
  };
  Kind kind = Kind::constant;
  std::size_t index = 0;
  std::uint64_t literal = 0;
  auto operator<=>(const Source&) const = default;
};

/// In `state`, the target takes `source`.
struct Transfer {
  State state;
  Source source;
};

/// An affine expression kept up to date by increments: an iterator, an address, the value of an `affine`.
/// It advances at the end of cycle `advance` of each iteration, by the increment of the loop that steps.
struct Tracker {
  std::string name;
  std::size_t nest = 0;
  AffineExpr expr;
  ScalarType type;  ///< an integer, as narrow as the values allow; arithmetic wraps to it
  int advance = 0;
  std::int64_t ring = 0;   ///< values count modulo so many; 0: modulo what the type holds
  std::int64_t frame = 0;  ///< more in each frame than in the one before
};

/// How the channel of an input or output stores it.
struct ArrayLayout {
  std::size_t first_row = 0;  ///< dimensions from this to before `end_row` are outermost, then the others in order
  std::size_t end_row = 0;
  std::int64_t ring = 0;  ///< words of a circular buffer, through which frames follow each other; 0: each at its start
};

/// A conjunction of tests on trackers, true or false for a whole iteration.
struct Guard {
  struct Test {
    enum class Kind : std::uint8_t { equal, at_least, at_most } kind = Kind::equal;
    std::size_t tracker = 0;
    std::int64_t bound = 0;
  };
  std::string name;
  std::vector<Test> tests;
  bool never = false;  ///< some condition fails in every iteration
};

/// A combinational operation, computed in one state.
struct WireOp {
  std::string name;
  State state;
  Opcode code = Opcode::select;
  ScalarType type;
  fp::Rounding rounding = fp::Rounding::nearest_even;
  std::vector<Source> operands;
  std::vector<ScalarType> operand_types;
};

struct FsmdUnit {
  BoundUnit bound;
  std::vector<std::vector<Transfer>> inputs;  ///< for each operand
  struct Use {
    State state;
    Opcode code;
    ScalarType type;
    fp::Rounding rounding;
    int mode;
  };
  std::vector<Use> uses;  ///< one for each operation bound to it
};

struct FsmdRegister {
  BoundRegister bound;
  std::vector<Transfer> writes;
  bool holds = false;  ///< some value stays for longer than the cycle after its write; else no value needs to be kept
};

/// An access of an array: its address is a tracker's value or, for a lookup, data.
struct MemoryAccess {
  State state;
  Source address;
  std::optional<Source> data;       ///< what is stored; none for a read
  std::optional<Source> predicate;  ///< of a store
  std::optional<Source> frame;      ///< tracker of a frame's first address, which an address that is data is added to
};

struct FsmdArray {
  ArrayStorage storage = ArrayStorage::memory;
  std::vector<MemoryAccess> reads;  ///< of a word, in states that don't matter
  std::vector<MemoryAccess> writes;
  int data_bits = 1;                   ///< of an element
  std::vector<std::int64_t> elements;  ///< by address in a frame: its row-major number; empty: they are the same
  std::int64_t ring = 0;               ///< as in its layout
};

struct FsmdNest {
  std::string name;
  std::vector<std::int64_t> trips;  ///< token loops, then its own
  std::vector<std::string> loops;   ///< their names
  int ii = 1;
  int length = 1;
  std::vector<std::optional<std::size_t>> counters;  ///< tracker of each loop that iterates
};

/// Level 6: states, datapath, transfers. Nests run in turn, firing after firing.
struct Fsmd {
  std::string name;
  std::size_t token_loops = 0;
  bool drains = false;  ///< a firing starts only when the one before it has come to its end
  std::vector<FsmdNest> nests;
  std::vector<Tracker> trackers;
  std::vector<Guard> guards;
  std::vector<WireOp> wires;  ///< operands come before the wires that use them, where they are wires of one state
  std::vector<FsmdUnit> units;
  std::vector<FsmdRegister> registers;
  std::vector<FsmdArray> arrays;  ///< one for each array of the kernel
};

/// Level 5 to 6. `layout`: of each of the kernel's arrays; empty: row-major, each frame at its start.
Fsmd build_fsmd(const Kernel& kernel, const std::vector<ScheduledNest>& nests, const Binding& binding,
                const std::vector<ArrayLayout>& layout = {});

/// Two different sources for one target in one cycle, sources that are not there, states outside their nest.
Diagnostics verify(const Fsmd& fsmd);

/// Iterations of a nest in one firing.
std::int64_t own_iterations(const Fsmd& fsmd, std::size_t nest);

/// Cycles of a nest in one firing, from the start of its first iteration to the end of its last.
std::int64_t nest_cycles(const Fsmd& fsmd, std::size_t nest);

/// Cycles from a firing to the soonest next one. Those of one nest follow each other without a gap; several nests, or
/// what keeps data in arrays of its own, have to come to their end.
std::int64_t firing_spacing(const Fsmd& fsmd);

/// Cycles from the first firing of a frame that never waits to the frame's last operation.
std::int64_t frame_cycles(const Fsmd& fsmd);

/// Runs the FSMD for one frame, cycle by cycle, as its hardware would: registers, unit pipelines, memories. Returns the
/// number of cycles; `contents` are the kernel's arrays.
std::int64_t execute(const Fsmd& fsmd, ArrayContents& contents);

}  // namespace sluice
