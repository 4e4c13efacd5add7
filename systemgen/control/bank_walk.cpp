#include "systemgen/control/bank_walk.hpp"

#include <fmt/format.h>

#include <cstdint>

#include "core/arith/scalar_type.hpp"
#include "systemgen/network/banks.hpp"

namespace sluice {
namespace {

/// A place, or the difference between two.
BankPlace operator-(const BankPlace& a, const BankPlace& b) { return {a.bank - b.bank, a.address - b.address}; }

/// One dimension of the walk.
struct Dimension {
  std::int64_t extent = 1;
  DimensionBanks banks;
  std::int64_t next_address = 1;  ///< words from an address to the next in this dimension
  std::int64_t next_bank = 1;     ///< banks from a bank to the next in this dimension
  BankPlace inner_end;            ///< of the last elements of all dimensions inside this one

  [[nodiscard]] BankPlace within() const { return BankPlace{0, next_address} - inner_end; }
  [[nodiscard]] BankPlace across() const { return BankPlace{next_bank, -(banks.block - 1) * next_address} - inner_end; }
  [[nodiscard]] BankPlace around() const { return BankPlace{-(banks.banks - 1) * next_bank, next_address} - inner_end; }
  /// The place of the last elements of this and of all inside it.
  [[nodiscard]] BankPlace end() const {
    const auto last = place_of({{extent}, {banks}}, extent - 1);
    return {inner_end.bank + last.bank * next_bank, inner_end.address + last.address * next_address};
  }
};

/// Some of a tensor's dimensions, those from `first` to before `end`.
Banking part(const Banking& banking, std::size_t first, std::size_t end) {
  Banking part;
  part.shape.assign(banking.shape.begin() + static_cast<std::ptrdiff_t>(first),
                    banking.shape.begin() + static_cast<std::ptrdiff_t>(end));
  part.dimensions.assign(banking.dimensions.begin() + static_cast<std::ptrdiff_t>(first),
                         banking.dimensions.begin() + static_cast<std::ptrdiff_t>(end));
  return merged(part);
}

/// Neighbouring dimensions, and how far apart their words are.
struct Stretch {
  Banking banking;
  std::int64_t address = 1;
  std::int64_t bank = 1;
};

/// Outermost first. Rows are outermost in the buffer, wherever they are in the tensor.
std::vector<Stretch> stretches_of(const Banking& banking, const Rows& rows) {
  const auto [first, end] = row_dimensions(banking, rows).value_or(RowDimensions{});
  Stretch outer{part(banking, 0, first), 1, 1};
  Stretch numbers{part(banking, first, end), 1, 1};
  Stretch inner{part(banking, end, banking.shape.size()), 1, 1};
  outer.address = element_count(bank_shape(inner.banking));
  numbers.address = outer.address * element_count(bank_shape(outer.banking));
  numbers.bank = bank_count(inner.banking);
  outer.bank = numbers.bank * bank_count(numbers.banking);
  return {std::move(outer), std::move(numbers), std::move(inner)};
}

/// Innermost first.
std::vector<Dimension> dimensions_of(const Banking& banking, const Rows& rows) {
  std::vector<Dimension> dimensions;
  auto stretches = stretches_of(banking, rows);
  const bool rows_outermost = element_count(stretches.front().banking.shape) == 1;
  if (rows_outermost) stretches = {{merged(banking), 1, 1}};
  for (auto stretch = stretches.rbegin(); stretch != stretches.rend(); ++stretch) {
    const Banking& walked = stretch->banking;
    const Shape extents = bank_shape(walked);
    for (std::size_t d = walked.shape.size(); d-- > 0;) {
      const BankPlace inner_end = dimensions.empty() ? BankPlace{} : dimensions.back().end();
      dimensions.push_back({walked.shape[d], walked.dimensions[d], stretch->address, stretch->bank, inner_end});
      stretch->address *= extents[d];
      stretch->bank *= walked.dimensions[d].banks;
    }
  }
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

bool walks_straight(const Banking& banking, const Rows& rows, const BufferShape& shape) {
  return bank_count(banking) == 1 && shape.words == element_count(banking.shape) &&
         element_count(stretches_of(banking, rows).front().banking.shape) == 1;
}

std::vector<ParameterValue> walk_parameters(const Banking& banking, const Rows& rows, const BufferShape& shape) {
  const auto dimensions = dimensions_of(banking, rows);
  const std::int64_t frame = element_count(bank_shape(banking));
  const bool wraps = shape.words != frame && shape.words != std::int64_t{1} << shape.address_bits();
  const PlaceBits bits{address_bits(shape.banks), shape.address_bits(), wraps ? shape.words : 0};
  const auto number = [](const char* name, std::int64_t value) {
    return ParameterValue{name, fmt::format("{}", value)};
  };
  const BankPlace after_frame{0, shape.words == frame ? 0 : frame};
  return {number("COUNT", shape.banks),
          number("WIDTH", shape.word_bits),
          number("BANK_BITS", bits.bank),
          number("ADDRESS_BITS", bits.address),
          number("RING", bits.ring),
          number("DIMENSIONS", std::ssize(dimensions)),
          list("EXTENTS", dimensions, [](const Dimension& d) { return limit(d.extent); }),
          list("BLOCKS", dimensions, [](const Dimension& d) { return limit(d.banks.block); }),
          list("BANKS", dimensions, [](const Dimension& d) { return limit(d.banks.banks); }),
          list("WITHIN", dimensions, [&](const Dimension& d) { return bits.literal(d.within()); }),
          list("ACROSS", dimensions, [&](const Dimension& d) { return bits.literal(d.across()); }),
          list("AROUND", dimensions, [&](const Dimension& d) { return bits.literal(d.around()); }),
          {"FRAME", bits.literal(after_frame - dimensions.back().end())}};
}

}  // namespace sluice
