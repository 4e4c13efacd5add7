#include "core/kernel/affine.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice {

AffineExpr AffineExpr::iterator(std::size_t index) {
  AffineExpr expr;
  expr.coefficients_.assign(index + 1, 0);
  expr.coefficients_[index] = 1;
  return expr;
}

AffineExpr& AffineExpr::operator+=(const AffineExpr& other) {
  constant_ += other.constant_;
  coefficients_.resize(std::max(coefficients_.size(), other.coefficients_.size()), 0);
  for (std::size_t i = 0; i < other.coefficients_.size(); ++i) coefficients_[i] += other.coefficients_[i];
  trim();
  return *this;
}

AffineExpr operator*(AffineExpr a, std::int64_t factor) {
  a.constant_ *= factor;
  for (auto& coefficient : a.coefficients_) coefficient *= factor;
  a.trim();
  return a;
}

void AffineExpr::trim() {
  while (!coefficients_.empty() && coefficients_.back() == 0) coefficients_.pop_back();
}

std::int64_t AffineExpr::evaluate(std::span<const std::int64_t> iterators) const {
  std::int64_t value = constant_;
  for (std::size_t i = 0; i < coefficients_.size(); ++i) value += coefficients_[i] * iterators[i];
  return value;
}

AffineExpr::Range AffineExpr::range(std::span<const std::int64_t> trips) const {
  Range range{constant_, constant_};
  for (std::size_t i = 0; i < coefficients_.size(); ++i) {
    const std::int64_t extent = coefficients_[i] * (trips[i] - 1);
    (extent < 0 ? range.low : range.high) += extent;
  }
  return range;
}

std::string to_string(const AffineExpr& expr, std::span<const std::string> iterator_names) {
  std::string text;
  const auto append = [&](std::int64_t factor, const std::string& name) {
    if (factor == 0) return;
    const std::int64_t magnitude = factor < 0 ? -factor : factor;
    text += text.empty() ? (factor < 0 ? "-" : "") : (factor < 0 ? " - " : " + ");
    if (name.empty()) {
      text += fmt::format("{}", magnitude);
    } else {
      text += magnitude == 1 ? name : fmt::format("{}*{}", magnitude, name);
    }
  };
  for (std::size_t i = 0; i < expr.iterator_count(); ++i) append(expr.coefficient(i), iterator_names[i]);
  append(expr.constant(), "");
  return text.empty() ? "0" : text;
}

}  // namespace sluice
