#include "systemgen/control/bank_walk.hpp"

#include <fmt/format.h>

#include <cstdint>

#include "core/arith/scalar_type.hpp"
#include "systemgen/network/banks.hpp"

namespace sluice {
namespace {

/// One dimension of the walk, in places: {bank, address} as one number.
struct Dimension {
  std::int64_t extent = 1;
  DimensionBanks banks;
  std::int64_t next_address = 1;  ///< places from an address to the next in this dimension
  std::int64_t next_bank = 1;     ///< places from a bank to the next in this dimension
  std::int64_t inner_end = 0;     ///< the place of the last elements of all dimensions inside this one

  [[nodiscard]] std::int64_t within() const { return next_address - inner_end; }
  [[nodiscard]] std::int64_t across() const { return next_bank - (banks.block - 1) * next_address - inner_end; }
  [[nodiscard]] std::int64_t around() const { return next_address - (banks.banks - 1) * next_bank - inner_end; }
};

/// Innermost first.
std::vector<Dimension> dimensions_of(const Banking& banking, int address_bits) {
  const Banking walked = merged(banking);
  const Shape extents = bank_shape(walked);
  std::vector<Dimension> dimensions;
  std::int64_t address = 1;
  std::int64_t bank = std::int64_t{1} << address_bits;
  std::int64_t end = 0;
  for (std::size_t d = walked.shape.size(); d-- > 0;) {
    const auto& own = walked.dimensions[d];
    dimensions.push_back({walked.shape[d], own, address, bank, end});
    const auto last = place_of({{walked.shape[d]}, {own}}, walked.shape[d] - 1);
    end += last.address * address + last.bank * bank;
    address *= extents[d];
    bank *= own.banks;
  }
  return dimensions;
}

/// A list with the innermost dimension lowest.
template <typename Value>
ParameterValue list(const char* name, const std::vector<Dimension>& dimensions, int bits, const Value& value) {
  std::string text;
  for (auto dimension = dimensions.rbegin(); dimension != dimensions.rend(); ++dimension) {
    const auto word = static_cast<std::uint64_t>(value(*dimension)) & low_bits(bits);
    text += (text.empty() ? "{" : ", ") + verilog_literal(bits, word);
  }
  return {name, text + "}"};
}

}  // namespace

std::vector<ParameterValue> walk_parameters(const Banking& banking, const BufferShape& shape) {
  const auto dimensions = dimensions_of(banking, shape.address_bits());
  const int bank_bits = address_bits(shape.banks);
  const int place_bits = bank_bits + shape.address_bits();
  const auto number = [](const char* name, std::int64_t value) {
    return ParameterValue{name, fmt::format("{}", value)};
  };
  constexpr int kCounterBits = 32;
  return {number("COUNT", shape.banks),
          number("WIDTH", shape.word_bits),
          number("BANK_BITS", bank_bits),
          number("ADDRESS_BITS", shape.address_bits()),
          number("DIMENSIONS", std::ssize(dimensions)),
          list("EXTENTS", dimensions, kCounterBits, [](const Dimension& d) { return d.extent; }),
          list("BLOCKS", dimensions, kCounterBits, [](const Dimension& d) { return d.banks.block; }),
          list("BANKS", dimensions, kCounterBits, [](const Dimension& d) { return d.banks.banks; }),
          list("WITHIN", dimensions, place_bits, [](const Dimension& d) { return d.within(); }),
          list("ACROSS", dimensions, place_bits, [](const Dimension& d) { return d.across(); }),
          list("AROUND", dimensions, place_bits, [](const Dimension& d) { return d.around(); })};
}

}  // namespace sluice
