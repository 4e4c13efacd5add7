#include "systemgen/choose/tensor_bankings.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>

#include "core/arith/floor_div.hpp"
#include "frontend/loops/partition.hpp"
#include "systemgen/network/stream_view.hpp"

namespace sluice {
namespace {

/// More banks than this times what the most demanding lanes need are not worth their multiplexers.
constexpr std::int64_t kMostTimes = 4;

std::int64_t stride_of(const Shape& shape, std::size_t dimension) {
  std::int64_t stride = 1;
  for (std::size_t d = dimension + 1; d < shape.size(); ++d) stride *= shape[d];
  return stride;
}

/// The banking of one dimension only.
Banking only(const Banking& banking, std::size_t dimension) {
  Banking one = one_bank(banking.shape);
  one.dimensions[dimension] = banking.dimensions[dimension];
  return one;
}

/// Where one kernel has the tensor.
struct User {
  std::size_t kernel = 0;
  ArrayId array;
  Shape view;
  Banking wanted;  ///< in its view
};

/// The dimension of `view` in which the banks of one dimension are blocks.
std::optional<std::pair<std::size_t, DimensionBanks>> dimension_in_view(const Banking& banking, std::size_t dimension,
                                                                        const Shape& view) {
  const auto& [banks, block] = banking.dimensions[dimension];
  const std::int64_t linear = block * stride_of(banking.shape, dimension);
  for (std::size_t d = 0; d < view.size(); ++d) {
    const std::int64_t stride = stride_of(view, d);
    if (linear % stride != 0 || linear >= stride * view[d]) continue;
    Banking same = one_bank(view);
    same.dimensions[d] = {banks, linear / stride};
    if (same_places(only(banking, dimension), same)) return std::pair{d, same.dimensions[d]};
  }
  return std::nullopt;
}

/// One dimension's banks that serve both; those of `a` if that would be too many.
DimensionBanks serve_both(const DimensionBanks& a, const DimensionBanks& b, std::int64_t extent) {
  if (a.banks == 1) return b;
  if (b.banks == 1) return a;
  const std::int64_t block = std::gcd(a.block, b.block);
  const std::int64_t all = ceil_div(extent, block);
  const bool a_is_all = a.banks * a.block >= extent;
  const bool b_is_all = b.banks * b.block >= extent;
  const std::int64_t period = a_is_all || b_is_all ? all : std::lcm(a.banks * a.block, b.banks * b.block) / block;
  const DimensionBanks both{std::min(all, period), block};
  if (both.banks <= kMostTimes * std::max(a.banks, b.banks)) return both;
  return a.banks >= b.banks ? a : b;
}

class TensorBanking {
 public:
  TensorBanking(std::vector<User> users, const StreamOrder& order) : users_(std::move(users)), order_(order) {}

  /// For each user, in its view. All in one bank if nothing else fits them all.
  std::vector<Banking> run() {
    const auto finest = std::ranges::max_element(users_, {}, [](const User& user) { return user.view.size(); });
    shared_ = one_bank(finest->view);
    for (const auto& user : users_) add(user.wanted);
    if (auto views = in_all_views(shared_)) return *views;
    // A view of some user, or a stream, merges banked dimensions: serve the most important one alone.
    std::vector<std::size_t> order(shared_.dimensions.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::ranges::greater(), [&](std::size_t d) { return shared_.dimensions[d].banks; });
    for (const auto dimension : order) {
      if (auto views = in_all_views(only(shared_, dimension))) return *views;
    }
    std::vector<Banking> single;
    for (const auto& user : users_) single.push_back(one_bank(user.view));
    return single;
  }

 private:
  void add(const Banking& wanted) {
    for (std::size_t d = 0; d < wanted.dimensions.size(); ++d) {
      if (wanted.dimensions[d].banks == 1) continue;
      const auto found = dimension_in_view(wanted, d, shared_.shape);
      if (!found) continue;
      auto& dimension = shared_.dimensions[found->first];
      dimension = serve_both(dimension, found->second, shared_.shape[found->first]);
    }
  }

  [[nodiscard]] std::optional<std::vector<Banking>> in_all_views(const Banking& banking) const {
    if (!stream_view(banking, one_row(element_count(banking.shape)), order_, 1)) return std::nullopt;
    std::vector<Banking> views;
    for (const auto& user : users_) {
      auto view = banking_in_view(banking, user.view);
      if (!view) return std::nullopt;
      views.push_back(std::move(*view));
    }
    return views;
  }

  std::vector<User> users_;
  StreamOrder order_;
  Banking shared_;
};

}  // namespace

std::optional<Banking> banking_in_view(const Banking& banking, const Shape& view) {
  if (banking.shape == view) return banking;
  Banking result = one_bank(view);
  for (std::size_t d = 0; d < banking.dimensions.size(); ++d) {
    if (banking.dimensions[d].banks == 1) continue;
    const auto found = dimension_in_view(banking, d, view);
    if (!found || result.dimensions[found->first].banks > 1) return std::nullopt;
    result.dimensions[found->first] = found->second;
  }
  if (!same_places(banking, result)) return std::nullopt;
  return result;
}

std::vector<ArrayBankings> choose_bankings(const std::vector<Kernel>& kernels,
                                           const std::vector<Parallelism>& parallelism, const StreamOrders& orders) {
  std::vector<ArrayBankings> bankings(kernels.size());
  std::map<std::string, std::vector<User>> tensors;
  std::map<std::string, bool> is_fixed;
  for (std::size_t k = 0; k < kernels.size(); ++k) {
    for (std::size_t a = 0; a < kernels[k].arrays.size(); ++a) {
      const Array& array = kernels[k].arrays[a];
      const bool can = can_partition(kernels[k], ArrayId(a));
      Banking wanted = can ? banking_for(kernels[k], parallelism[k], ArrayId(a)) : one_bank(array.shape);
      if (array.tensor.empty()) {
        if (bank_count(wanted) > 1) bankings[k][ArrayId(a)] = std::move(wanted);
        continue;
      }
      is_fixed[array.tensor] = is_fixed[array.tensor] || !can;
      tensors[array.tensor].push_back({k, ArrayId(a), array.shape, std::move(wanted)});
    }
  }
  for (auto& [tensor, users] : tensors) {
    if (is_fixed[tensor]) continue;
    const auto views = TensorBanking(users, order_of(orders, tensor)).run();
    for (std::size_t i = 0; i < users.size(); ++i) {
      if (bank_count(views[i]) > 1) bankings[users[i].kernel][users[i].array] = views[i];
    }
  }
  return bankings;
}

}  // namespace sluice
