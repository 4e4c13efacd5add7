#include "systemgen/choose/nest_model.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <map>

#include "core/arith/floor_div.hpp"
#include "core/dfg/unit_spec.hpp"
#include "frontend/loops/rotation.hpp"
#include "frontend/loops/unroll.hpp"

namespace sluice {
namespace {

/// Beyond so many banks to choose from, a lane is more multiplexer than arithmetic.
constexpr std::int64_t kMostChoices = 8;

/// Areas of a multiplexer of two words, and of a unit other than a multiplier, about, in registers of a word.
constexpr double kSelect = 0.5;
constexpr double kUnit = 8;

std::int64_t copies(std::uint64_t loops, std::span<const std::int64_t> lanes) {
  std::int64_t count = 1;
  for (std::size_t loop = 0; loop < lanes.size(); ++loop) count *= (loops >> loop & 1) != 0 ? lanes[loop] : 1;
  return count;
}

}  // namespace

NestModel::NestModel(const Kernel& kernel, std::size_t nest, const FrontOptions& options)
    : kernel_(kernel), nest_(kernel.nests[nest]), options_(options), found_(find_accumulations(kernel, nest_)) {
  const std::size_t tokens = kernel.token_loops.size();
  first_iterator_ = tokens == 0 ? 0 : tokens - 1;
  trips_.push_back(tokens == 0 ? 1 : kernel.token_loops.back().trip);
  for (std::size_t i = 0; i + 1 < tokens; ++i) outer_firings_ *= kernel.token_loops[i].trip;
  may_have_lanes_.push_back(kernel.nests.size() == 1 && !keeps_results(nest_) && can_unroll(kernel, nest_, 0));
  for (std::size_t loop = 0; loop < nest_.loops.size(); ++loop) {
    trips_.push_back(nest_.loops[loop].trip);
    const bool is_reduction = found_ && loop >= found_->first_loop;
    may_have_lanes_.push_back(can_unroll(kernel, nest_, loop) && (options.reassociate || !is_reduction));
  }
  first_reduction_ = found_ ? found_->first_loop + 1 : trips_.size();

  must_divide_.assign(trips_.size(), false);
  for (const auto& op : nest_.body) {
    if (op.array.valid() && op.code != Opcode::lookup) find_outer_steps(op);
  }

  std::uint64_t reduction = 0;
  for (std::size_t loop = first_reduction_; loop < trips_.size(); ++loop) reduction |= std::uint64_t{1} << loop;
  std::vector<std::uint64_t> loops(nest_.body.size(), 0);
  for (std::size_t i = 0; i < nest_.body.size(); ++i) {
    const Op& op = nest_.body[i];
    loops[i] = own_loops(op);
    if (op.code != Opcode::delay) {
      for (const auto operand : op.operands) loops[i] |= loops[operand.index()];
    }
    const auto is_fold = [&](const Accumulation& a) { return a.fold == OpId(i); };
    if (found_ && std::ranges::any_of(found_->all, is_fold)) {
      add_words(loops[i], 0, kUnit);  // an addition for each term
      loops[i] &= ~reduction;
      add_words(loops[i], 0, static_cast<double>(options.sums_in_flight));
    } else {
      add_operation(op, loops[i]);
    }
  }
}

std::uint64_t NestModel::loops_of(const AffineExpr& expr) const {
  std::uint64_t loops = 0;
  for (std::size_t i = first_iterator_; i < expr.iterator_count(); ++i) {
    if (expr.coefficient(i) == 0) continue;
    const std::size_t loop = i - first_iterator_ + (kernel_.token_loops.empty() ? 1 : 0);
    loops |= std::uint64_t{1} << loop;
  }
  return loops;
}

std::uint64_t NestModel::own_loops(const Op& op) const {
  std::uint64_t loops = 0;
  for (const auto& index : op.index) loops |= loops_of(index);
  for (const auto& condition : op.conditions) loops |= loops_of(condition.expr);
  return loops;
}

void NestModel::add_operation(const Op& op, std::uint64_t loops) {
  double words = 0;
  switch (op.code) {
    case Opcode::load:
      add_crossings(op, own_loops(op));
      loops = own_loops(op);
      words = 1;
      break;
    case Opcode::store:
    case Opcode::lookup:
      words = 1;
      break;
    case Opcode::select:
      words = kSelect;
      break;
    case Opcode::delay:
      return;  // counted with the sum that it delays
    default:
      words = realization(nest_, op) == Realization::unit && op.code != Opcode::multiply ? kUnit : 0;
  }
  add_words(loops, op.code == Opcode::multiply ? 1 : 0, words);
}

void NestModel::add_words(std::uint64_t loops, std::int64_t multiplications, double words) {
  if (words == 0 && multiplications == 0) return;
  const auto found = std::ranges::find(groups_, loops, &Group::loops);
  if (found == groups_.end()) {
    groups_.push_back({loops, multiplications, words});
  } else {
    found->multiplications += multiplications;
    found->words += words;
  }
}

void NestModel::find_outer_steps(const Op& access) {
  const std::size_t shift = kernel_.token_loops.empty() ? 1 : 0;
  for (const auto& index : access.index) {
    for (std::size_t i = first_iterator_; i < index.iterator_count(); ++i) {
      const std::size_t loop = i - first_iterator_ + shift;
      const std::int64_t whole = std::abs(index.coefficient(i)) * trips_[loop];
      for (std::size_t j = 0; whole > 0 && j < index.iterator_count(); ++j)
        must_divide_[loop] = must_divide_[loop] || (j != i && std::abs(index.coefficient(j)) >= whole);
    }
  }
}

void NestModel::add_crossings(const Op& op, std::uint64_t loops) {
  if (kernel_.array(op.array).role == ArrayRole::weight) return;
  const std::size_t shift = kernel_.token_loops.empty() ? 1 : 0;
  for (const auto& index : op.index) {
    for (std::size_t i = first_iterator_; i < index.iterator_count(); ++i) {
      const std::int64_t step = std::abs(index.coefficient(i));
      if (step == 0) continue;
      const std::size_t loop = i - first_iterator_ + shift;
      std::int64_t span = 0;
      for (std::size_t j = first_iterator_; j < index.iterator_count(); ++j) {
        const std::int64_t other = std::abs(index.coefficient(j));
        if (j != i && other < step * trips_[loop]) span += other * (trips_[j - first_iterator_ + shift] - 1);
      }
      if (span > 0) crossings_.push_back({loop, step, span, loops});
    }
  }
}

std::int64_t NestModel::multipliers(std::span<const std::int64_t> lanes) const {
  std::int64_t count = 0;
  for (const auto& group : groups_) count += group.multiplications * copies(group.loops, lanes);
  return count;
}

std::int64_t NestModel::iterations(std::span<const std::int64_t> lanes) const {
  std::vector<std::int64_t> parallel, reduction;
  std::int64_t left = 1;
  for (std::size_t loop = 1; loop < trips_.size(); ++loop) {
    const std::int64_t trip = ceil_div(trips_[loop], lanes[loop]);
    left *= trip;
    (loop < first_reduction_ ? parallel : reduction).push_back(trip);
  }
  std::int64_t firings = trips_[0] / lanes[0];
  const bool keeps = keeps_results(nest_);  // the next firing adds to them
  if (keeps) left = std::max(left, options_.sums_in_flight);
  const bool rotates = std::ranges::any_of(reduction, [](std::int64_t trip) { return trip > 1; });
  if (!rotates || options_.sums_in_flight < 2) return outer_firings_ * firings * left;
  std::int64_t results = 1;
  for (const auto trip : parallel) results *= trip;
  if (kernel_.nests.size() == 1 && !keeps) {
    std::int64_t coarser = 1;
    while (coarser < firings && (firings % coarser != 0 || coarser * results < options_.sums_in_flight)) ++coarser;
    parallel.insert(parallel.begin(), coarser);
    firings /= coarser;
    left *= coarser;
  }
  const auto rotation = choose_rotation(parallel, reduction, {options_.sums_in_flight, options_.reassociate});
  const std::int64_t stalled = left * options_.sums_in_flight;
  return outer_firings_ * firings * (rotation ? std::min(rotation->iterations, stalled) : stalled);
}

double NestModel::cost(std::span<const std::int64_t> lanes) const {
  double words = 0;
  for (const auto& group : groups_) words += group.words * static_cast<double>(copies(group.loops, lanes));
  for (const auto& crossing : crossings_) {
    if (lanes[crossing.loop] == 1) continue;
    const std::int64_t block =
        crossing.step * (crossing.loop == 0 ? 1 : ceil_div(trips_[crossing.loop], lanes[crossing.loop]));
    const std::int64_t choices = ceil_div(crossing.span, block);
    const double each = choices > kMostChoices ? 1e6 : static_cast<double>(choices);
    words += each * static_cast<double>(copies(crossing.loops, lanes));
  }
  return words;
}

int NestModel::tree_levels(std::span<const std::int64_t> lanes) const {
  std::int64_t terms = 1;
  for (std::size_t loop = first_reduction_; loop < lanes.size(); ++loop) terms *= lanes[loop];
  return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(terms - 1)));
}

}  // namespace sluice
