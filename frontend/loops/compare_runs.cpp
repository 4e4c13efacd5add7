#include "frontend/loops/compare_runs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "core/arith/float_ops.hpp"
#include "core/diag/expected.hpp"
#include "core/kernel/interpreter.hpp"

namespace sluice {
namespace {

/// Raw bits of tensors by their names.
using Tensors = std::map<std::string, std::vector<std::uint64_t>>;

std::uint64_t special_value(ScalarType type, std::mt19937_64& random) {
  const std::uint64_t top = std::uint64_t{1} << (type.width() - 1);
  if (type.is_integer()) {
    const std::uint64_t ends[] = {0, 1, top, top - 1, low_bits(type.width())};
    return ends[random() % 5] & low_bits(type.width());
  }
  const std::uint64_t infinity = fp::infinity(type.format(), false);
  const std::uint64_t values[] = {0, top, infinity, infinity | top, infinity + 1, infinity | top | 5, 1, top | 3};
  return values[random() % 8];
}

std::uint64_t random_value(ScalarType type, bool special, std::mt19937_64& random) {
  if (special && random() % 4 == 0) return special_value(type, random);
  if (type.is_integer()) return random() & low_bits(std::min(type.width(), 8));
  return fp::from_double(type.format(), static_cast<double>(random() >> 40) / static_cast<double>(1 << 23) - 1.0);
}

std::size_t tensor_size(const Array& array) {
  return static_cast<std::size_t>(element_count(array.bank ? array.bank->banking.shape : array.shape));
}

/// Calls `use` with each address of the array and the tensor's element that is there.
template <typename Use>
void for_each_element(const Array& array, const Use& use) {
  if (!array.bank) {
    for (std::size_t i = 0; i < tensor_size(array); ++i) use(i, i);
    return;
  }
  const auto elements = elements_of(array.bank->banking, array.bank->number);
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (elements[i] >= 0) use(i, static_cast<std::size_t>(elements[i]));
  }
}

Tensors random_inputs(const Kernel& kernel, bool special, std::uint64_t seed) {
  Tensors inputs;
  std::mt19937_64 random(seed);
  for (const auto& array : kernel.arrays) {
    if (array.role != ArrayRole::input) continue;
    auto& tensor = inputs[array.tensor];
    if (!tensor.empty()) continue;
    tensor.resize(tensor_size(array));
    for (auto& bits : tensor) bits = random_value(array.type, special, random);
  }
  return inputs;
}

Expected<Tensors> run(const Kernel& kernel, const Tensors& inputs) {
  ArrayContents contents = initial_contents(kernel);
  for (std::size_t a = 0; a < kernel.arrays.size(); ++a) {
    const Array& array = kernel.arrays[a];
    if (array.role != ArrayRole::input) continue;
    const auto& tensor = inputs.at(array.tensor);
    for_each_element(array, [&](std::size_t address, std::size_t element) { contents[a][address] = tensor[element]; });
  }
  if (auto errors = execute(kernel, contents); !errors.empty()) return errors;
  Tensors outputs;
  for (std::size_t a = 0; a < kernel.arrays.size(); ++a) {
    const Array& array = kernel.arrays[a];
    if (array.role != ArrayRole::output) continue;
    auto& tensor = outputs[array.tensor];
    tensor.resize(tensor_size(array));
    for_each_element(array, [&](std::size_t address, std::size_t element) { tensor[element] = contents[a][address]; });
  }
  return outputs;
}

Expected<Tensors> run(std::span<const Kernel> kernels, const Tensors& inputs) {
  Tensors tensors = inputs;
  for (const auto& kernel : kernels) {
    auto outputs = run(kernel, tensors);
    if (!outputs) return outputs;
    tensors.merge(*outputs);
  }
  return tensors;
}

ScalarType type_of(const Kernel& kernel, const std::string& tensor) {
  return std::ranges::find(kernel.arrays, tensor, &Array::tensor)->type;
}

bool agree(ScalarType type, std::uint64_t a, std::uint64_t b, double tolerance) {
  if (a == b || tolerance == 0 || type.is_integer()) return a == b;
  const double x = fp::to_double(type.format(), a);
  const double y = fp::to_double(type.format(), b);
  return std::abs(x - y) <= tolerance * std::max(1.0, std::abs(x)) || (std::isnan(x) && std::isnan(y));
}

Diagnostics compare(const Kernel& kernel, const Tensors& before, const Tensors& after, double tolerance) {
  Diagnostics errors;
  for (const auto& [name, wanted] : before) {
    const auto found = after.find(name);
    if (found == after.end() || found->second.size() != wanted.size()) {
      errors.push_back({kernel.name + ", tensor " + name, "it is not stored, or has another size", ""});
      continue;
    }
    const ScalarType type = type_of(kernel, name);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (agree(type, wanted[i], found->second[i], tolerance)) continue;
      errors.push_back({kernel.name + ", tensor " + name,
                        fmt::format("element {} is {:#x} instead of {:#x}", i, found->second[i], wanted[i]), ""});
      break;
    }
  }
  return errors;
}

}  // namespace

Diagnostics compare_runs(const Kernel& before, const Kernel& after, const CompareOptions& options) {
  return compare_runs(before, std::span(&after, 1), options);
}

Diagnostics compare_runs(const Kernel& before, std::span<const Kernel> after, const CompareOptions& options) {
  for (int i = 0; i < options.runs; ++i) {
    const bool special = options.tolerance == 0 && i % 2 == 1;
    const Tensors inputs = random_inputs(before, special, options.seed + static_cast<std::uint64_t>(i));
    const auto wanted = run(before, inputs);
    if (!wanted) continue;
    const auto actual = run(after, inputs);
    if (!actual) return actual.errors();
    if (auto errors = compare(before, *wanted, *actual, options.tolerance); !errors.empty()) return errors;
  }
  return {};
}

}  // namespace sluice
