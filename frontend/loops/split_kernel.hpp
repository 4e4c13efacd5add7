#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "frontend/loops/loop_pass.hpp"

namespace sluice {

/// Neighbouring nests of a kernel: from `first` to before `end`.
struct NestRange {
  std::size_t first = 0;
  std::size_t end = 0;
  auto operator<=>(const NestRange&) const = default;
};

/// The ranges between cuts (see `legal_cuts`), in order.
std::vector<NestRange> ranges_between(const Kernel& kernel, const std::vector<std::size_t>& cuts);

/// All ranges that begin and end at a cut or an end of the kernel.
std::vector<NestRange> all_ranges(const Kernel& kernel, const std::vector<std::size_t>& cuts);

/// Some nests as a kernel of their own, with the same firings; cuts at both ends must be legal. A scratch array that
/// earlier nests store to becomes an input, one that later nests load an output: of tensor `prefix`.array, with the
/// token loops' extents in front, so that each firing is a row. Everything else is copied to who needs it. The part is
/// called after the kernel and its own nests; the multiply-accumulates are those of the part that has the nest with
/// most multiplications.
Kernel kernel_part(const Kernel& kernel, const NestRange& range, const std::string& prefix);

/// All parts, in an order in which they can run: one after another they compute what the kernel does, bit for bit.
std::vector<Kernel> split_kernel(const Kernel& kernel, const std::vector<std::size_t>& cuts, const std::string& prefix);

/// What `run_chosen_pass` does after a pass, for a kernel that was split ("split-kernels"): parts are verified, watched
/// and, if wanted, run against the whole.
Diagnostics check_parts(const Kernel& kernel, const std::vector<Kernel>& parts, const LoopPassOptions& options);

/// Bits that the part makes in one firing for those that follow it.
std::int64_t handed_on_bits(const Kernel& kernel, const NestRange& range);

}  // namespace sluice
