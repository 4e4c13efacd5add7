#pragma once

#include <map>
#include <optional>
#include <vector>

#include "frontend/loops/parallelism.hpp"
#include "systemgen/network/stream_order.hpp"

namespace sluice {

/// Bankings of a kernel's arrays, those with more than one bank.
using ArrayBankings = std::map<ArrayId, Banking>;

/// The banking that has every element in the same place as `banking` has, for another view of the tensor; none if banks
/// are no blocks there.
std::optional<Banking> banking_in_view(const Banking& banking, const Shape& view);

/// For each kernel, the banking of each of its arrays. A tensor between kernels gets one that serves the lanes of all
/// of them: blocks of the greatest common divisor. Where that would be too many banks, or some kernel looks elements up
/// by number, or sees the tensor in a shape in which banks are no blocks, it serves fewer of them; whoever is not
/// served accesses the tensor less often than in every cycle. A stream must be able to walk through the banks in its
/// order.
std::vector<ArrayBankings> choose_bankings(const std::vector<Kernel>& kernels,
                                           const std::vector<Parallelism>& parallelism,
                                           const StreamOrders& orders = {});

}  // namespace sluice
