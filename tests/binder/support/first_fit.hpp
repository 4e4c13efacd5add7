#pragma once

#include "binder/binding.hpp"

namespace sluice::test {

/// A straightforward binding to compare with: operation after operation, by start, on the first free unit; value after
/// value, by first cycle, in the first free register.
Binding first_fit(const Kernel& kernel, const std::vector<ScheduledNest>& nests);

}  // namespace sluice::test
