#include <algorithm>
#include <bit>
#include <functional>
#include <numeric>

#include "core/arith/floor_div.hpp"
#include "frontend/loops/rotation.hpp"

namespace sluice {
namespace {

/// One more result in flight is a register more: it is worth this part of the nest's time.
constexpr double kCostOfResult = 0.0005;

/// More results in flight than this many times what is needed are tried only as a whole loop.
constexpr std::int64_t kMostTimes = 8;

std::int64_t product(std::span<const std::int64_t> factors) {
  return std::accumulate(factors.begin(), factors.end(), std::int64_t{1}, std::multiplies<>());
}

/// Tries tile after tile, loop after loop, from the innermost; the first of equals stays.
class TileSearch {
 public:
  TileSearch(std::span<const std::int64_t> trips, std::int64_t least)
      : trips_(trips), least_(least), tiles_(trips.size(), 1) {}

  Rotation run() {
    search(trips_.size(), 1, 1);
    return best_;
  }

 private:
  void search(std::size_t loops, std::int64_t distance, double slowdown) {
    if (distance >= least_ || loops == 0) {
      consider(distance, slowdown);
      return;
    }
    const std::int64_t trip = trips_[loops - 1];
    for (std::int64_t tile = 1; tile <= trip; ++tile) {
      if (distance * tile > kMostTimes * least_ && tile != trip) continue;
      const std::int64_t padded = ceil_div(trip, tile) * tile;
      tiles_[loops - 1] = tile;
      search(loops - 1, distance * tile, slowdown * static_cast<double>(padded) / static_cast<double>(trip));
    }
    tiles_[loops - 1] = 1;
  }

  void consider(std::int64_t distance, double slowdown) {
    if (distance < least_) return;
    const double cost = slowdown + kCostOfResult * static_cast<double>(distance - least_);
    if (best_.distance >= least_ && cost >= cost_ && !best_.tiles.empty()) return;
    cost_ = cost;
    best_.tiles = tiles_;
    best_.distance = distance;
  }

  std::span<const std::int64_t> trips_;
  std::int64_t least_;
  std::vector<std::int64_t> tiles_;
  Rotation best_;
  double cost_ = 0;
};

}  // namespace

std::optional<Rotation> choose_rotation(std::span<const std::int64_t> parallel, std::span<const std::int64_t> reduction,
                                        const RotationOptions& options) {
  Rotation rotation;
  std::int64_t reduced = product(reduction);
  if (product(parallel) >= options.least_distance) {
    rotation = TileSearch(parallel, options.least_distance).run();
  } else {
    if (!options.split_reductions) return std::nullopt;
    rotation.tiles.assign(parallel.begin(), parallel.end());
    const auto wanted = static_cast<std::uint64_t>(ceil_div(options.least_distance, product(parallel)));
    rotation.lanes = static_cast<std::int64_t>(std::bit_ceil(wanted));
    rotation.distance = product(parallel) * rotation.lanes;
    const auto padded = [&](std::size_t i) {
      return reduced / reduction[i] * ceil_div(reduction[i], rotation.lanes) * rotation.lanes;
    };
    std::size_t chosen = 0;
    for (std::size_t i = 1; i < reduction.size(); ++i) {
      if (padded(i) <= padded(chosen)) chosen = i;
    }
    rotation.split_loop = parallel.size() + chosen;
    reduced = padded(chosen);
  }
  rotation.iterations = reduced;
  for (std::size_t i = 0; i < parallel.size(); ++i) {
    rotation.iterations *= ceil_div(parallel[i], rotation.tiles[i]) * rotation.tiles[i];
  }
  return rotation;
}

}  // namespace sluice
