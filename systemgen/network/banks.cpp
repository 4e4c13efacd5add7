#include "systemgen/network/banks.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice {
namespace {

Bank bank_of(const Array& array) { return array.bank.value_or(Bank{one_bank(array.shape), 0}); }

std::string joined(const Banking& banking, std::int64_t DimensionBanks::*figure) {
  std::string text;
  for (const auto& dimension : banking.dimensions)
    text += fmt::format("{}{}", text.empty() ? "" : "x", dimension.*figure);
  return text;
}

/// The banks of a dimension as those of two in its place, of which the inner one has so many indices.
std::optional<std::pair<DimensionBanks, DimensionBanks>> in_two(const DimensionBanks& dimension, std::int64_t inner) {
  const auto& [banks, block] = dimension;
  if (banks == 1) return std::pair{DimensionBanks{}, DimensionBanks{}};
  if (block % inner == 0) return std::pair{DimensionBanks{banks, block / inner}, DimensionBanks{}};
  if (inner % (block * banks) == 0) return std::pair{DimensionBanks{}, dimension};
  if (inner % block != 0 || banks % (inner / block) != 0) return std::nullopt;
  return std::pair{DimensionBanks{banks * block / inner, 1}, DimensionBanks{inner / block, block}};
}

}  // namespace

std::vector<TensorArrays> tensors_of(const Kernel& kernel, ArrayRole role) {
  std::vector<TensorArrays> tensors;
  for (std::size_t i = 0; i < kernel.arrays.size(); ++i) {
    const auto& array = kernel.arrays[i];
    if (array.role != role) continue;
    const Bank bank = bank_of(array);
    const auto number = static_cast<std::size_t>(bank.number);
    auto tensor = std::find_if(tensors.begin(), tensors.end(), [&](const TensorArrays& each) {
      return each.tensor == array.tensor && number < each.arrays.size() && !each.arrays[number].valid() &&
             each.type == array.type && same_places(each.banking, bank.banking);
    });
    if (tensor == tensors.end()) {
      const auto banks = static_cast<std::size_t>(std::max(bank_count(bank.banking), bank.number + 1));
      tensors.push_back({array.tensor, array.type, bank.banking, std::vector<ArrayId>(banks)});
      tensor = tensors.end() - 1;
    }
    tensor->arrays[number] = ArrayId(i);
  }
  return tensors;
}

void scatter(const Banking& banking, const std::vector<std::uint64_t>& tensor, const std::vector<ArrayId>& arrays,
             ArrayContents& contents) {
  for (std::size_t bank = 0; bank < arrays.size(); ++bank) {
    if (!arrays[bank].valid()) continue;
    const auto elements = elements_of(banking, static_cast<std::int64_t>(bank));
    auto& words = contents[arrays[bank].index()];
    words.assign(elements.size(), 0);
    for (std::size_t address = 0; address < words.size(); ++address) {
      if (elements[address] >= 0) words[address] = tensor.at(static_cast<std::size_t>(elements[address]));
    }
  }
}

std::vector<std::uint64_t> gather(const Banking& banking, const std::vector<ArrayId>& arrays,
                                  const ArrayContents& contents) {
  std::vector<std::uint64_t> tensor(static_cast<std::size_t>(element_count(banking.shape)));
  for (std::size_t bank = 0; bank < arrays.size(); ++bank) {
    const auto elements = elements_of(banking, static_cast<std::int64_t>(bank));
    for (std::size_t address = 0; address < elements.size(); ++address) {
      if (elements[address] < 0) continue;
      tensor[static_cast<std::size_t>(elements[address])] = contents[arrays[bank].index()].at(address);
    }
  }
  return tensor;
}

Banking merged(const Banking& banking) {
  Banking result;
  for (std::size_t d = 0; d < banking.shape.size(); ++d) {
    const bool inner = banking.dimensions[d].banks == 1 && !result.shape.empty();
    if (inner) {
      result.shape.back() *= banking.shape[d];
      result.dimensions.back().block *= banking.shape[d];
    } else {
      result.shape.push_back(banking.shape[d]);
      result.dimensions.push_back(banking.dimensions[d]);
    }
    if (result.dimensions.back().banks == 1) result.dimensions.back().block = 1;
  }
  return result;
}

std::optional<Banking> cut(const Banking& banking, std::int64_t inner) {
  std::int64_t stride = 1;
  std::size_t d = banking.shape.size();
  while (d > 0 && stride * banking.shape[d - 1] <= inner) stride *= banking.shape[--d];
  if (d == 0 || stride == inner) return banking;
  const std::int64_t indices = inner / stride;
  if (inner % stride != 0 || banking.shape[d - 1] % indices != 0) return std::nullopt;
  const auto halves = in_two(banking.dimensions[d - 1], indices);
  if (!halves) return std::nullopt;
  Banking result = banking;
  const auto place = static_cast<std::ptrdiff_t>(d);
  result.shape[d - 1] /= indices;
  result.shape.insert(result.shape.begin() + place, indices);
  result.dimensions[d - 1] = halves->first;
  result.dimensions.insert(result.dimensions.begin() + place, halves->second);
  return result;
}

std::string to_string(const Banking& banking) {
  if (bank_count(banking) == 1) return fmt::format("1 bank of {}", to_string(banking.shape));
  return fmt::format("{} banks of {}, blocks of {}", joined(banking, &DimensionBanks::banks), to_string(banking.shape),
                     joined(banking, &DimensionBanks::block));
}

}  // namespace sluice
