#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// All that makes an operation what it is, its name apart, as numbers: equal keys compute the same.
using OpKey = std::vector<std::int64_t>;

/// The operation's key if these are its operands.
OpKey key_of(const Op& op, const std::vector<OpId>& operands);

struct OpKeyHash {
  std::size_t operator()(const OpKey& key) const;
};

/// Values of a body by their keys.
using ValueTable = std::unordered_map<OpKey, OpId, OpKeyHash>;

}  // namespace sluice
