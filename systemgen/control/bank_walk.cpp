#include "systemgen/control/bank_walk.hpp"

#include <fmt/format.h>

#include <cstdint>

#include "core/arith/scalar_type.hpp"

namespace sluice {
namespace {

/// A place, or the difference between two.
BankPlace operator-(const BankPlace& a, const BankPlace& b) { return {a.bank - b.bank, a.address - b.address}; }

/// One dimension of the walk, and the place of the last elements of all dimensions inside it.
struct Dimension {
  WalkDimension walked;
  BankPlace inner_end;

  [[nodiscard]] BankPlace within() const { return BankPlace{0, walked.address} - inner_end; }
  [[nodiscard]] BankPlace across() const {
    return BankPlace{walked.bank, -(walked.banks.block - 1) * walked.address} - inner_end;
  }
  [[nodiscard]] BankPlace around() const {
    return BankPlace{-(walked.banks.banks - 1) * walked.bank, walked.address} - inner_end;
  }
  /// The place of the last elements of this and of all inside it.
  [[nodiscard]] BankPlace end() const {
    const auto last = place_of({{walked.extent}, {walked.banks}}, walked.extent - 1);
    return {inner_end.bank + last.bank * walked.bank, inner_end.address + last.address * walked.address};
  }
};

/// Innermost first.
std::vector<Dimension> dimensions_of(const StreamView& view) {
  std::vector<Dimension> dimensions;
  for (const auto& walked : view.dimensions)
    dimensions.push_back({walked, dimensions.empty() ? BankPlace{} : dimensions.back().end()});
  if (dimensions.empty()) dimensions.emplace_back();  // a scalar
  return dimensions;
}

/// How a walk's counters are written.
struct PlaceBits {
  int bank = 1;
  int address = 1;
  std::int64_t ring = 0;  ///< words, or 0: as many as `address` bits count

  /// A change of the place, modulo what the counters count.
  [[nodiscard]] std::string literal(const BankPlace& change) const {
    const std::int64_t words = ring > 0 ? ring : std::int64_t{1} << address;
    const auto forward = static_cast<std::uint64_t>((change.address % words + words) % words);
    const auto banks = static_cast<std::uint64_t>(change.bank) & low_bits(bank);
    return verilog_literal(bank + address, banks << address | forward);
  }
};

/// A list with the innermost dimension lowest.
template <typename Text>
ParameterValue list(const char* name, const std::vector<Dimension>& dimensions, const Text& text) {
  std::string all;
  for (auto dimension = dimensions.rbegin(); dimension != dimensions.rend(); ++dimension)
    all += (all.empty() ? "{" : ", ") + text(*dimension);
  return {name, all + "}"};
}

/// A counter's limit.
std::string limit(std::int64_t value) {
  constexpr int kCounterBits = 32;
  return verilog_literal(kCounterBits, static_cast<std::uint64_t>(value));
}

}  // namespace

bool walks_straight(const StreamView& view, const BufferShape& shape) {
  const bool counts = view.dimensions.empty() || (view.dimensions.size() == 1 && view.dimensions.front().address == 1);
  return counts && shape.banks == 1 && shape.words == view.words;
}

std::vector<ParameterValue> walk_parameters(const StreamView& view, const BufferShape& shape) {
  const auto dimensions = dimensions_of(view);
  const bool wraps = shape.words != view.words && shape.words != std::int64_t{1} << shape.address_bits();
  const PlaceBits bits{address_bits(shape.banks), shape.address_bits(), wraps ? shape.words : 0};
  const auto number = [](const char* name, std::int64_t value) {
    return ParameterValue{name, fmt::format("{}", value)};
  };
  const BankPlace after_frame{0, shape.words == view.words ? 0 : view.words};
  return {number("COUNT", shape.banks),
          number("WIDTH", shape.word_bits),
          number("BANK_BITS", bits.bank),
          number("ADDRESS_BITS", bits.address),
          number("RING", bits.ring),
          number("DIMENSIONS", std::ssize(dimensions)),
          list("EXTENTS", dimensions, [](const Dimension& d) { return limit(d.walked.extent); }),
          list("BLOCKS", dimensions, [](const Dimension& d) { return limit(d.walked.banks.block); }),
          list("BANKS", dimensions, [](const Dimension& d) { return limit(d.walked.banks.banks); }),
          list("WITHIN", dimensions, [&](const Dimension& d) { return bits.literal(d.within()); }),
          list("ACROSS", dimensions, [&](const Dimension& d) { return bits.literal(d.across()); }),
          list("AROUND", dimensions, [&](const Dimension& d) { return bits.literal(d.around()); }),
          {"FRAME", bits.literal(after_frame - dimensions.back().end())}};
}

}  // namespace sluice
