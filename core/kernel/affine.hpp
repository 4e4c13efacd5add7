#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace sluice {

/// An affine function of the iterators: constant + sum of coefficient(i) * iterator i. Iterators are numbered from the
/// outermost: first the kernel's token loops, then the nest's loops.
class AffineExpr {
 public:
  AffineExpr(std::int64_t constant = 0) : constant_(constant) {}  // NOLINT(google-explicit-constructor)
  /// The iterator itself.
  static AffineExpr iterator(std::size_t index);

  [[nodiscard]] std::int64_t constant() const { return constant_; }
  [[nodiscard]] std::int64_t coefficient(std::size_t iterator) const {
    return iterator < coefficients_.size() ? coefficients_[iterator] : 0;
  }
  /// One more than the highest iterator with a coefficient other than 0.
  [[nodiscard]] std::size_t iterator_count() const { return coefficients_.size(); }

  AffineExpr& operator+=(const AffineExpr& other);
  AffineExpr& operator-=(const AffineExpr& other) { return *this += other * -1; }
  friend AffineExpr operator+(AffineExpr a, const AffineExpr& b) { return a += b; }
  friend AffineExpr operator-(AffineExpr a, const AffineExpr& b) { return a -= b; }
  friend AffineExpr operator*(AffineExpr a, std::int64_t factor);

  bool operator==(const AffineExpr&) const = default;

  [[nodiscard]] std::int64_t evaluate(std::span<const std::int64_t> iterators) const;

  /// Least and greatest value for iterators in 0 .. trips[i]-1.
  struct Range {
    std::int64_t low = 0;
    std::int64_t high = 0;
    bool operator==(const Range&) const = default;
  };
  [[nodiscard]] Range range(std::span<const std::int64_t> trips) const;

 private:
  void trim();

  std::int64_t constant_ = 0;
  std::vector<std::int64_t> coefficients_;
};

/// "2*oh + kh - 1", with the iterators' names.
std::string to_string(const AffineExpr& expr, std::span<const std::string> iterator_names);

}  // namespace sluice
