#include "systemgen/network/stream_view.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>

namespace sluice {
namespace {

/// Takes beats from the innermost dimensions of a walk.
class Beat {
 public:
  explicit Beat(StreamView& view) : view_(&view) { offsets_.emplace_back(); }

  /// So many elements, which are indices of this dimension; false if a beat can't have them.
  bool take(WalkDimension& dimension, std::int64_t elements) {
    auto& [banks, block] = dimension.banks;
    const bool across = banks > 1 && block % elements != 0;  // banks
    const std::int64_t words = across ? block : elements;
    const std::int64_t in_banks = elements / words;
    if (dimension.numbers_rows || dimension.extent % elements != 0 || elements % words != 0) return false;
    if (words > 1 && dimension.address != view_->interleaved) return false;
    if (across && banks % in_banks != 0) return false;
    add_offsets(elements, {dimension.bank, words});
    view_->interleaved *= words;
    dimension.extent /= elements;
    dimension.address *= words;
    if (across) {
      view_->parts.push_back({in_banks, dimension.bank});
      dimension.bank *= in_banks;
      banks /= in_banks;
    }
    block = banks == 1 ? 1 : block / words;
    return true;
  }

  /// Counts addresses and banks of what is left by beats. False if beats don't begin at their multiples.
  bool finish(std::vector<WalkDimension>& left, std::int64_t row) {
    std::ranges::sort(view_->parts, {}, &BankParts::apart);
    for (auto& dimension : left) {
      if (dimension.address % view_->interleaved != 0) return false;
      dimension.address /= view_->interleaved;
      dimension.bank = group_step(dimension.bank);
    }
    for (const auto& [bank, address] : offsets_) view_->places.push_back(part(bank) * view_->interleaved + address);
    return row % view_->interleaved == 0 && std::has_single_bit(static_cast<std::uint64_t>(view_->interleaved));
  }

 private:
  /// `step`: from bank to bank, which has so many words of theirs.
  void add_offsets(std::int64_t elements, const BankPlace& step) {
    const auto inner = offsets_;
    offsets_.clear();
    for (std::int64_t i = 0; i < elements; ++i) {
      for (const auto& [bank, address] : inner) {
        const std::int64_t word = i % step.address * view_->interleaved;
        offsets_.push_back({bank + i / step.address * step.bank, address + word});
      }
    }
  }

  /// Of a bank, given by its distance from a group's first.
  [[nodiscard]] std::int64_t part(std::int64_t bank) const {
    std::int64_t number = 0;
    std::int64_t weight = 1;
    for (const auto& [count, apart] : view_->parts) {
      number += bank / apart % count * weight;
      weight *= count;
    }
    return number;
  }

  /// A step from bank to bank as one from group to group.
  [[nodiscard]] std::int64_t group_step(std::int64_t banks) const {
    std::int64_t step = banks;
    for (const auto& [count, apart] : view_->parts) {
      if (banks >= count * apart) step /= count;
    }
    return step;
  }

  StreamView* view_;
  std::vector<BankPlace> offsets_;  ///< of a beat's elements from its first
};

}  // namespace

std::int64_t StreamView::together() const {
  std::int64_t banks = 1;
  for (const auto& each : parts) banks *= each.count;
  return banks;
}

std::int64_t StreamView::bank(std::int64_t group, std::int64_t part) const {
  std::int64_t bank = group;
  for (const auto& [count, apart] : parts) {
    bank = (bank / apart * count + part % count) * apart + bank % apart;
    part /= count;
  }
  return bank;
}

std::optional<StreamView> stream_view(const Banking& banking, const Rows& rows, const StreamOrder& order,
                                      std::int64_t elements) {
  const auto whole = walk_through(banking, rows, order);
  if (!whole || run_length(order, rows) % elements != 0) return std::nullopt;
  auto walked = joined(*whole, true);
  StreamView result;
  result.words = element_count(bank_shape(banking));
  Beat beat(result);
  for (auto left = elements; left > 1;) {
    if (walked.empty()) return std::nullopt;
    const auto part = left % walked.front().extent == 0 ? walked.front().extent : left;
    if (!beat.take(walked.front(), part)) return std::nullopt;
    left /= part;
    if (walked.front().extent == 1) walked.erase(walked.begin());
  }
  if (!beat.finish(walked, result.words / rows.count)) return std::nullopt;
  result.words /= result.interleaved;
  result.dimensions = joined(walked, false);
  return result;
}

}  // namespace sluice
