#include "core/kernel/interpreter.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/kernel/evaluate.hpp"
#include "core/kernel/odometer.hpp"

namespace sluice {

ArrayContents initial_contents(const Kernel& kernel) {
  ArrayContents contents;
  for (const auto& array : kernel.arrays) {
    if (array.contents) {
      contents.push_back(*array.contents);
    } else {
      contents.emplace_back(static_cast<std::size_t>(element_count(array.shape)), 0);
    }
  }
  return contents;
}

namespace {

/// An affine expression that follows the iterators by increments.
struct Tracker {
  AffineExpr expr;
  std::vector<std::int64_t> increments;  // for each of the nest's own loops
  std::int64_t value = 0;
};

/// One operation, prepared: operands as slots, expressions as trackers.
struct Step {
  const Op* op = nullptr;
  OperandBits operands;                 // types are fixed, bits are filled in as it runs
  std::vector<std::size_t> slots;       // of the operands
  std::size_t array = 0;
  std::size_t first_tracker = 0;        // address, value, or first of the conditions
  std::vector<std::uint64_t> history;   // of a delay: a ring of `distance` values ...
  std::vector<std::uint8_t> known;      // ... and whether they are defined
};

/// Runs one nest, firing by firing.
class NestRunner {
 public:
  NestRunner(const Kernel& kernel, const Nest& nest)
      : kernel_(&kernel), nest_(&nest), trips_(trip_counts(kernel, nest)), values_(nest.body.size(), 0),
        defined_(nest.body.size(), 0) {
    for (const auto& op : nest.body) prepare(op);
  }

  /// One firing at the token loops' `iterators`. Returns false, with `error_` set, at the first error.
  bool fire(const std::vector<std::int64_t>& token, ArrayContents& contents) {
    const std::size_t first = kernel_->token_loops.size();
    Odometer odometer(trips_, first);
    for (std::size_t i = 0; i < first; ++i) odometer.iterators()[i] = token[i];
    forget();
    for (auto& tracker : trackers_) tracker.value = tracker.expr.evaluate(odometer.iterators());
    while (true) {
      for (std::size_t slot = 0; slot < steps_.size(); ++slot) {
        if (!run(steps_[slot], slot, contents)) return fail(slot, odometer.iterators());
      }
      remember();
      const int carried = odometer.step();
      if (carried < 0) return true;
      for (auto& tracker : trackers_) tracker.value += tracker.increments[static_cast<std::size_t>(carried) - first];
    }
  }

  [[nodiscard]] const Diagnostic& error() const { return error_; }

 private:
  void prepare(const Op& op) {
    Step step;
    step.op = &op;
    for (const auto operand : op.operands) {
      if (step.slots.size() < 3) step.operands.type[step.slots.size()] = nest_->op(operand).type;
      step.slots.push_back(operand.index());
    }
    step.first_tracker = trackers_.size();
    if (op.array.valid()) {
      step.array = op.array.index();
      if (op.code != Opcode::lookup) track(linear_address(kernel_->array(op.array), op.index));
    }
    if (op.code == Opcode::affine) track(op.index[0]);
    for (const auto& condition : op.conditions) track(condition.expr);
    if (op.code == Opcode::delay) {
      step.history.assign(static_cast<std::size_t>(op.distance), 0);
      step.known.assign(static_cast<std::size_t>(op.distance), 0);
    }
    steps_.push_back(std::move(step));
  }

  void track(const AffineExpr& expr) {
    trackers_.push_back({expr, carry_increments(expr, trips_, kernel_->token_loops.size()), 0});
  }

  bool run(Step& step, std::size_t slot, ArrayContents& contents) {
    const Op& op = *step.op;
    std::uint8_t defined = 1;
    std::uint64_t value = 0;
    switch (op.code) {
      case Opcode::constant: value = op.literal; break;
      case Opcode::affine: value = from_int64(op.type, trackers_[step.first_tracker].value); break;
      case Opcode::guard: value = holds(step); break;
      case Opcode::delay:
        value = step.history[iteration_ % step.history.size()];
        defined = step.known[iteration_ % step.known.size()];
        break;
      case Opcode::load:
        if (!step.slots.empty() && !values_[step.slots[0]]) {
          defined = 0;
        } else if (!read(contents[step.array], trackers_[step.first_tracker].value, value)) {
          return false;
        }
        break;
      case Opcode::lookup:
        // An index that is not defined reads anything; the result is not defined either.
        defined = defined_[step.slots[0]];
        if (step.slots.size() > 1) defined &= static_cast<std::uint8_t>(values_[step.slots[1]]);
        if (defined && !read(contents[step.array], to_int64(step.operands.type[0], values_[step.slots[0]]), value)) {
          return false;
        }
        break;
      case Opcode::store: return store(step, contents[step.array]);
      case Opcode::select:
        if (!defined_[step.slots[0]]) {
          defined = 0;
        } else {
          const std::size_t chosen = step.slots[values_[step.slots[0]] ? 1 : 2];
          value = values_[chosen];
          defined = defined_[chosen];
        }
        break;
      default:
        for (std::size_t i = 0; i < step.slots.size(); ++i) {
          step.operands.bits[i] = values_[step.slots[i]];
          defined &= defined_[step.slots[i]];
        }
        value = evaluate(op.code, op.type, op.rounding, step.operands);
    }
    values_[slot] = value;
    defined_[slot] = defined;
    return true;
  }

  [[nodiscard]] bool holds(const Step& step) const {
    for (std::size_t i = 0; i < step.op->conditions.size(); ++i) {
      const std::int64_t value = trackers_[step.first_tracker + i].value;
      const bool zero = step.op->conditions[i].kind == Condition::Kind::zero;
      if (zero ? value != 0 : value < 0) return false;
    }
    return true;
  }

  bool read(const std::vector<std::uint64_t>& array, std::int64_t address, std::uint64_t& value) {
    if (!in_bounds(array, address)) return false;
    value = array[static_cast<std::size_t>(address)];
    return true;
  }

  bool store(const Step& step, std::vector<std::uint64_t>& array) {
    if (step.slots.size() > 1) {
      if (!defined_[step.slots[1]]) return undefined("the predicate of a store");
      if (!values_[step.slots[1]]) return true;
    }
    if (!defined_[step.slots[0]]) return undefined("a stored value");
    const std::int64_t address = trackers_[step.first_tracker].value;
    if (!in_bounds(array, address)) return false;
    array[static_cast<std::size_t>(address)] = values_[step.slots[0]];
    return true;
  }

  bool in_bounds(const std::vector<std::uint64_t>& array, std::int64_t address) {
    if (address >= 0 && address < static_cast<std::int64_t>(array.size())) return true;
    error_.what = fmt::format("element {} of an array of {}", address, array.size());
    return false;
  }

  bool undefined(const char* what) {
    error_.what = fmt::format("{} is not defined", what);
    return false;
  }

  /// A delay does not reach back into an earlier firing: hardware may pause between them.
  void forget() {
    iteration_ = 0;
    for (auto& step : steps_) std::fill(step.known.begin(), step.known.end(), std::uint8_t{0});
  }

  /// After an iteration: every delay's source becomes history.
  void remember() {
    for (auto& step : steps_) {
      if (step.op->code != Opcode::delay) continue;
      const std::size_t position = iteration_ % step.history.size();
      step.history[position] = values_[step.slots[0]];
      step.known[position] = defined_[step.slots[0]];
    }
    ++iteration_;
  }

  bool fail(std::size_t slot, const std::vector<std::int64_t>& iterators) {
    const auto names = iterator_names(*kernel_, *nest_);
    std::string where = fmt::format("kernel {}, nest {}, operation {} ({})", kernel_->name, nest_->name, slot,
                                    to_string(nest_->body[slot].code));
    for (std::size_t i = 0; i < names.size(); ++i) where += fmt::format(", {}={}", names[i], iterators[i]);
    error_.where = where;
    return false;
  }

  const Kernel* kernel_;
  const Nest* nest_;
  std::vector<std::int64_t> trips_;
  std::vector<Step> steps_;
  std::vector<Tracker> trackers_;
  std::vector<std::uint64_t> values_;
  std::vector<std::uint8_t> defined_;
  std::size_t iteration_ = 0;
  Diagnostic error_;
};

}  // namespace

Diagnostics execute(const Kernel& kernel, ArrayContents& contents) {
  std::vector<NestRunner> runners;
  for (const auto& nest : kernel.nests) runners.emplace_back(kernel, nest);
  std::vector<std::int64_t> token_trips;
  for (const auto& loop : kernel.token_loops) token_trips.push_back(loop.trip);
  Odometer token(token_trips, 0);
  do {
    for (auto& runner : runners) {
      if (!runner.fire(token.iterators(), contents)) return {runner.error()};
    }
  } while (token.step() >= 0);
  return {};
}

}  // namespace sluice
