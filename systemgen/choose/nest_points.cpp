#include "systemgen/choose/nest_points.hpp"

#include <algorithm>
#include <map>

namespace sluice {
namespace {

/// Factors that leave different numbers of iterations, the least factor for each. The least is a divisor if one is.
std::vector<std::int64_t> useful_factors(std::int64_t trip, std::int64_t most) {
  std::vector<std::int64_t> factors;
  for (std::int64_t factor = 1; factor <= std::min(trip, most);) {
    factors.push_back(factor);
    const std::int64_t left = (trip + factor - 1) / factor;
    if (left == 1) break;
    factor = (trip + left - 2) / (left - 1);  // the least that leaves one less
  }
  return factors;
}

/// All lanes of one nest up to a limit; of those with equally many only the few that are worth a closer look.
class NestSearch {
 public:
  NestSearch(const NestModel& model, std::size_t nest, const FrontOptions& options)
      : model_(model), nest_(nest), options_(options) {
    for (std::size_t loop = 0; loop < model.trips().size(); ++loop) {
      auto factors = model.may_have_lanes(loop) ? useful_factors(model.trips()[loop], options.most_lanes)
                                                : std::vector<std::int64_t>{1};
      // Firings are done at once only in whole groups.
      if (loop == 0 || model.must_divide(loop))
        std::erase_if(factors, [&](std::int64_t f) { return model.trips()[loop] % f != 0; });
      if (options.allowed) std::erase_if(factors, [&](std::int64_t f) { return !options.allowed(nest, loop, f); });
      factors_.push_back(std::move(factors));
    }
  }

  std::vector<NestPoint> run() {
    lanes_.assign(factors_.size(), 1);
    search(0, 1, 1);
    std::vector<NestPoint> points;
    for (auto& [size, best] : best_) {
      for (auto& candidate : best) points.push_back(closer(std::move(candidate)));
    }
    return points;
  }

 private:
  struct Candidate {
    std::int64_t iterations;
    double cost;
    std::vector<std::int64_t> lanes;
  };
  static constexpr std::size_t kLooks = 4;

  void search(std::size_t loop, std::int64_t lane_count, std::int64_t iterations) {
    if (loop == factors_.size()) return consider(lane_count, iterations);
    for (const auto factor : factors_[loop]) {
      if (lane_count * factor > options_.most_lanes) break;
      lanes_[loop] = factor;
      search(loop + 1, lane_count * factor, iterations * ((model_.trips()[loop] + factor - 1) / factor));
    }
    lanes_[loop] = 1;
  }

  void consider(std::int64_t lane_count, std::int64_t iterations) {
    auto& best = best_[lane_count];
    if (options_.least) iterations = std::max(iterations, options_.least(nest_, lanes_) / model_.outer_firings());
    // Many have more iterations than what is there already: their cost does not matter.
    if (best.size() == kLooks && static_cast<double>(iterations) > 1.05 * static_cast<double>(best.back().iterations))
      return;
    Candidate candidate{iterations, model_.cost(lanes_), lanes_};
    const auto better = [](const Candidate& a, const Candidate& b) {
      return std::pair(a.iterations, a.cost) < std::pair(b.iterations, b.cost);
    };
    best.insert(std::ranges::upper_bound(best, candidate, better), std::move(candidate));
    if (best.size() > kLooks) best.pop_back();
  }

  NestPoint closer(Candidate candidate) const {
    NestPoint point{.lanes = std::move(candidate.lanes), .cost = candidate.cost};
    for (const auto factor : point.lanes) point.lane_count *= factor;
    point.multipliers = model_.multipliers(point.lanes);
    point.iterations = iterations_of(model_, nest_, point.lanes, options_);
    point.tree_levels = model_.tree_levels(point.lanes);
    return point;
  }

  const NestModel& model_;
  std::size_t nest_;
  const FrontOptions& options_;
  std::vector<std::vector<std::int64_t>> factors_;
  std::vector<std::int64_t> lanes_;
  std::map<std::int64_t, std::vector<Candidate>> best_;  // by number of lanes
};

}  // namespace

std::int64_t iterations_of(const NestModel& model, std::size_t nest, std::span<const std::int64_t> lanes,
                           const FrontOptions& options) {
  const std::int64_t own = model.iterations(lanes);
  return options.least ? std::max(own, options.least(nest, lanes)) : own;
}

std::vector<NestPoint> nest_points(const NestModel& model, std::size_t nest, const FrontOptions& options) {
  return NestSearch(model, nest, options).run();
}

}  // namespace sluice
