#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/kernel/kernel.hpp"
#include "frontend/loops/accumulation.hpp"
#include "systemgen/choose/kernel_front.hpp"

namespace sluice {

/// How the operations of one nest multiply with its lanes, worked out once for all factors. Loops are numbered from the
/// innermost token loop on: lane 0 is of firings.
class NestModel {
 public:
  NestModel(const Kernel& kernel, std::size_t nest, const FrontOptions& options);

  [[nodiscard]] const std::vector<std::int64_t>& trips() const { return trips_; }
  /// Of the token loops around the innermost.
  [[nodiscard]] std::int64_t outer_firings() const { return outer_firings_; }
  /// Whether the loop may have lanes.
  [[nodiscard]] bool may_have_lanes(std::size_t loop) const { return may_have_lanes_[loop]; }
  /// Whether so many lanes have to divide the loop: in some index another loop steps over the whole of it, and blocks
  /// that don't divide it would start elsewhere after each of those steps.
  [[nodiscard]] bool must_divide(std::size_t loop) const { return must_divide_[loop]; }

  [[nodiscard]] std::int64_t multipliers(std::span<const std::int64_t> lanes) const;
  /// Iterations of a frame at once-through, with those that rotation adds.
  [[nodiscard]] std::int64_t iterations(std::span<const std::int64_t> lanes) const;
  [[nodiscard]] double cost(std::span<const std::int64_t> lanes) const;
  /// Of the tree that joins the terms of several lanes; what else lanes add is beside, not behind one another.
  [[nodiscard]] int tree_levels(std::span<const std::int64_t> lanes) const;

 private:
  /// Operations that have the same lanes.
  struct Group {
    std::uint64_t loops = 0;  // bit per loop
    std::int64_t multiplications = 0;
    double words = 0;
  };
  /// One dimension of a load, in which lanes of one loop are blocks and other loops move across them.
  struct Crossing {
    std::size_t loop = 0;
    std::int64_t step = 0;    // elements per iteration
    std::int64_t span = 0;    // elements that the other loops move
    std::uint64_t loops = 0;  // lanes of the load
  };

  void add_operation(const Op& op, std::uint64_t loops);
  void add_words(std::uint64_t loops, std::int64_t multiplications, double words);
  void add_crossings(const Op& op, std::uint64_t loops);
  void find_outer_steps(const Op& access);
  [[nodiscard]] std::uint64_t own_loops(const Op& op) const;
  [[nodiscard]] std::uint64_t loops_of(const AffineExpr& expr) const;

  const Kernel& kernel_;
  const Nest& nest_;
  FrontOptions options_;
  std::size_t first_iterator_;  // of the innermost token loop; loop 0 is always one, with a trip of 1 if there is none
  std::int64_t outer_firings_ = 1;
  std::vector<std::int64_t> trips_;
  std::vector<bool> may_have_lanes_;
  std::vector<bool> must_divide_;
  std::optional<Accumulations> found_;
  std::size_t first_reduction_;
  std::vector<Group> groups_;
  std::vector<Crossing> crossings_;
};

}  // namespace sluice
