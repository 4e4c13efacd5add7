#pragma once

#include "systemgen/choose/design_builder.hpp"

namespace sluice {

/// The number of multipliers, up to `most`, of the fastest design that fits into the device of the
/// target, by its name: with one more it
/// does not, if more multipliers take more of everything. Needs a builder for a device. Errors: not even the fewest
/// multipliers that the model needs fit.
Expected<std::int64_t> fit_device(DesignBuilder& builder, const std::string& target, std::int64_t most,
                                  Progress& progress);

}  // namespace sluice
