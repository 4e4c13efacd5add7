#pragma once

#include "systemgen/choose/design_builder.hpp"

namespace sluice {

/// The fewest multipliers, up to `most`, with which a design has at most `interval` cycles between results, if more
/// multipliers are never slower. Errors: even the fastest takes more, or not even the fewest that the model needs are
/// allowed.
Expected<std::int64_t> fit_interval(DesignBuilder& builder, std::int64_t interval, std::int64_t most,
                                    Progress& progress);

}  // namespace sluice
