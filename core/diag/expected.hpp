#pragma once

#include <utility>
#include <variant>

#include "core/diag/diagnostic.hpp"

namespace sluice {

/// A value, or all the reasons why there is none.
template <typename T>
class [[nodiscard]] Expected {
 public:
  Expected(T value) : state_(std::move(value)) {}                      // NOLINT(google-explicit-constructor)
  Expected(Diagnostics errors) : state_(std::move(errors)) {}          // NOLINT(google-explicit-constructor)
  Expected(Diagnostic error) : state_(Diagnostics{std::move(error)}) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool has_value() const { return std::holds_alternative<T>(state_); }
  explicit operator bool() const { return has_value(); }

  /// The value; calling it without one throws std::bad_variant_access.
  T& value() & { return std::get<T>(state_); }
  const T& value() const& { return std::get<T>(state_); }
  T&& value() && { return std::get<T>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  /// The reasons; only when there is no value.
  const Diagnostics& errors() const { return std::get<Diagnostics>(state_); }

 private:
  std::variant<T, Diagnostics> state_;
};

}  // namespace sluice
