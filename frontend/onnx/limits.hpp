#pragma once

#include <cstdint>

/// What the importer accepts, so that a damaged or hostile model can't cost absurd time or memory.
namespace sluice::limits {

inline constexpr std::uint64_t kFileBytes = std::uint64_t{2} << 30;     ///< of a model, also protobuf's own limit
inline constexpr std::int64_t kTensorElements = std::int64_t{1} << 31;  ///< of one tensor
inline constexpr std::int64_t kGraphElements = std::int64_t{1} << 34;   ///< of all tensors that operators make
inline constexpr std::int64_t kFoldedBytes = std::int64_t{1} << 28;     ///< of one constant that folding makes
inline constexpr std::int64_t kAllFoldedBytes = std::int64_t{1} << 30;  ///< of all constants that folding makes
inline constexpr std::int64_t kSizeInteger = std::int64_t{1}
                                             << 24;  ///< an extent, pad, stride, axis, ... that is given
inline constexpr int kRank = 16;                     ///< dimensions of a tensor

}  // namespace sluice::limits
