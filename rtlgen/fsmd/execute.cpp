#include <algorithm>
#include <optional>

#include "core/kernel/evaluate.hpp"
#include "core/kernel/odometer.hpp"
#include "rtlgen/fsmd/control.hpp"
#include "rtlgen/fsmd/fsmd.hpp"

namespace sluice {
namespace {

constexpr int kAddressBits = 64;  // wider than any

/// The state bits of one nest: for each cycle of an iteration, whether one is in it and which loop steps after it.
struct NestState {
  std::vector<char> active;
  std::vector<int> step;  // loop that steps; -1: the frame ends
  Odometer odometer;      // iterators of the next iteration to start
};

class Machine {
 public:
  Machine(const Fsmd& fsmd, ArrayContents& contents) : fsmd_(fsmd), contents_(contents) {
    for (std::size_t n = 0; n < fsmd.nests.size(); ++n) {
      const auto depth = static_cast<std::size_t>(state_count(fsmd, n));
      nests_.push_back({std::vector<char>(depth, 0), std::vector<int>(depth, -1), Odometer(fsmd.nests[n].trips, 0)});
    }
    for (const auto& tracker : fsmd.trackers) {
      trackers_.push_back(tracker.expr.constant());
      increments_.push_back(tracker_increments(fsmd, tracker));
    }
    registers_.assign(fsmd.registers.size(), 0);
    read_data_.assign(fsmd.arrays.size(), 0);
    for (const auto& unit : fsmd.units) {
      pipelines_.emplace_back(static_cast<std::size_t>(unit.bound.timing.latency), 0);
      unit_types_.push_back(unit.bound.spec.operands);
    }
  }

  std::int64_t run() {
    start(0);
    std::int64_t cycles = 0;
    while (!done_) {
      ++cycles;
      clock();
    }
    return cycles;
  }

 private:
  [[nodiscard]] bool is_active(const State& state) const {
    return nests_[state.nest].active[static_cast<std::size_t>(state.cycle)];
  }

  template <typename Items>
  auto find_active(const Items& items) const {
    return std::find_if(items.begin(), items.end(), [&](const auto& item) { return is_active(item.state); });
  }

  /// The value of a source in the current cycle, before the clock edge, for a target of `width` bits.
  std::uint64_t value(const Source& source, int width) {
    switch (source.kind) {
      case Source::Kind::constant:
        return source.literal;
      case Source::Kind::reg:
        return registers_[source.index];
      case Source::Kind::unit:
        return unit_output(source.index);
      case Source::Kind::read:
        return read(source.index);
      case Source::Kind::wire:
        return wire(fsmd_.wires[source.index]);
      case Source::Kind::tracker:
        return tracker(source.index) & low_bits(width);
      case Source::Kind::guard:
        return guard(fsmd_.guards[source.index]);
    }
    return 0;
  }

  /// What an array gives in the current cycle.
  std::uint64_t read(std::size_t array) {
    switch (fsmd_.arrays[array].storage) {
      case ArrayStorage::memory:
        return read_data_[array];
      case ArrayStorage::registers:
        return addressed(array).value_or(0);
      case ArrayStorage::word:
        return contents_[array].at(0);
    }
    return 0;
  }

  /// The element that is read in the current cycle, if one is.
  std::optional<std::uint64_t> addressed(std::size_t array) {
    const auto& reads = fsmd_.arrays[array].reads;
    const auto read = find_active(reads);
    if (read == reads.end()) return std::nullopt;
    const std::uint64_t element = element_of(array, *read);
    return element < contents_[array].size() ? contents_[array][element] : 0;
  }

  /// The element of an array that is accessed. A frame's addresses are those before its storage wraps.
  std::uint64_t element_of(std::size_t array, const MemoryAccess& access) {
    const auto& elements = fsmd_.arrays[array].elements;
    if (elements.empty()) return value(access.address, kAddressBits);
    const bool counted = access.address.kind == Source::Kind::tracker && !access.frame;
    auto place =
        counted ? static_cast<std::uint64_t>(trackers_[access.address.index]) : value(access.address, kAddressBits);
    if (access.frame) place += static_cast<std::uint64_t>(trackers_[access.frame->index]);
    return place < elements.size() ? static_cast<std::uint64_t>(elements[place]) : ~std::uint64_t{0};
  }

  /// Sign-extended where its type is signed.
  std::uint64_t tracker(std::size_t index) const {
    const auto& type = fsmd_.trackers[index].type;
    return static_cast<std::uint64_t>(to_int64(type, from_int64(type, trackers_[index])));
  }

  std::uint64_t wire(const WireOp& op) {
    OperandBits operands;
    for (std::size_t i = 0; i < op.operands.size(); ++i) {
      operands.type[i] = op.operand_types[i];
      operands.bits[i] = value(op.operands[i], op.operand_types[i].width());
    }
    return evaluate(op.code, op.type, op.rounding, operands);
  }

  bool guard(const Guard& guard) const {
    if (guard.never) return false;
    return std::all_of(guard.tests.begin(), guard.tests.end(), [&](const Guard::Test& test) {
      const auto& type = fsmd_.trackers[test.tracker].type;
      const std::int64_t value = to_int64(type, from_int64(type, trackers_[test.tracker]));
      switch (test.kind) {
        case Guard::Test::Kind::equal:
          return value == test.bound;
        case Guard::Test::Kind::at_least:
          return value >= test.bound;
        case Guard::Test::Kind::at_most:
          return value <= test.bound;
      }
      return false;
    });
  }

  std::uint64_t unit_output(std::size_t index) {
    return pipelines_[index].empty() ? unit_result(index) : pipelines_[index].back();
  }

  /// What the unit computes from its operands in this cycle; 0 where no operation uses it.
  std::uint64_t unit_result(std::size_t index) {
    const auto& unit = fsmd_.units[index];
    const auto use = find_active(unit.uses);
    if (use == unit.uses.end()) return 0;
    OperandBits operands;
    for (std::size_t i = 0; i < unit.inputs.size(); ++i) {
      operands.type[i] = unit_types_[index][i];
      operands.bits[i] = value(find_active(unit.inputs[i])->source, unit_types_[index][i].width());
    }
    return evaluate(use->code, use->type, use->rounding, operands);
  }

  /// One cycle: everything that the clock edge will take is computed first, then taken.
  void clock() {
    auto registers = registers_;
    for (std::size_t i = 0; i < registers.size(); ++i) {
      const auto write = find_active(fsmd_.registers[i].writes);
      if (write != fsmd_.registers[i].writes.end()) registers[i] = value(write->source, fsmd_.registers[i].bound.width);
    }
    auto pipelines = pipelines_;
    for (std::size_t i = 0; i < pipelines.size(); ++i) {
      if (pipelines[i].empty()) continue;
      std::rotate(pipelines[i].begin(), pipelines[i].end() - 1, pipelines[i].end());
      pipelines[i].front() = unit_result(i);
    }
    auto read_data = read_data_;
    for (std::size_t i = 0; i < fsmd_.arrays.size(); ++i) {
      if (fsmd_.arrays[i].storage == ArrayStorage::memory) read_data[i] = addressed(i).value_or(read_data[i]);
    }
    const auto stores = this->stores();
    for (const auto& [array, address, data] : stores) contents_[array].at(address) = data;
    registers_ = std::move(registers);
    pipelines_ = std::move(pipelines);
    read_data_ = std::move(read_data);
    advance_trackers();
    advance_states();
  }

  struct Store {
    std::size_t array;
    std::uint64_t address;
    std::uint64_t data;
  };

  /// All of the current cycle.
  std::vector<Store> stores() {
    std::vector<Store> all;
    for (std::size_t i = 0; i < fsmd_.arrays.size(); ++i) {
      const auto write = find_active(fsmd_.arrays[i].writes);
      if (write == fsmd_.arrays[i].writes.end()) continue;
      if (write->predicate && !value(*write->predicate, 1)) continue;
      all.push_back({i, element_of(i, *write), value(*write->data, fsmd_.arrays[i].data_bits)});
    }
    return all;
  }

  void advance_trackers() {
    for (std::size_t i = 0; i < trackers_.size(); ++i) {
      const auto& tracker = fsmd_.trackers[i];
      if (!is_active({tracker.nest, tracker.advance})) continue;
      const int step = nests_[tracker.nest].step[static_cast<std::size_t>(tracker.advance)];
      trackers_[i] += step < 0 ? increments_[i].back() : increments_[i][static_cast<std::size_t>(step)];
    }
  }

  void advance_states() {
    for (std::size_t n = 0; n < nests_.size(); ++n) {
      auto& nest = nests_[n];
      const auto last_of_ii = static_cast<std::size_t>(fsmd_.nests[n].ii - 1);
      const auto last = static_cast<std::size_t>(fsmd_.nests[n].length - 1);
      const bool issue = nest.active[last_of_ii] && !ends_firing(fsmd_, nest.step[last_of_ii]);
      const bool finished = nest.active[last] && ends_firing(fsmd_, nest.step[last]);
      const bool frame_end = nest.step[last] < 0;
      std::rotate(nest.active.begin(), nest.active.end() - 1, nest.active.end());
      std::rotate(nest.step.begin(), nest.step.end() - 1, nest.step.end());
      nest.active[0] = 0;
      if (finished) std::fill(nest.active.begin(), nest.active.end(), char{0});
      if (issue) start(n);
      if (!finished) continue;
      if (n + 1 < nests_.size())
        start(n + 1);
      else if (frame_end)
        done_ = true;
      else
        start(0);
      break;  // nests run one at a time; the one that was just started must not advance in this cycle
    }
  }

  void start(std::size_t n) {
    nests_[n].active[0] = 1;
    nests_[n].step[0] = nests_[n].odometer.step();
  }

  const Fsmd& fsmd_;
  ArrayContents& contents_;
  std::vector<NestState> nests_;
  std::vector<std::int64_t> trackers_;
  std::vector<std::vector<std::int64_t>> increments_;  // for each loop, then for the end of the frame
  std::vector<std::uint64_t> registers_;
  std::vector<std::vector<std::uint64_t>> pipelines_;
  std::vector<std::vector<ScalarType>> unit_types_;
  std::vector<std::uint64_t> read_data_;
  bool done_ = false;
};

}  // namespace

std::int64_t execute(const Fsmd& fsmd, ArrayContents& contents) { return Machine(fsmd, contents).run(); }

}  // namespace sluice
