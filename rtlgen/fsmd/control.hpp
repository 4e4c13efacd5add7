#pragma once

#include "rtlgen/fsmd/fsmd.hpp"

namespace sluice {

/// State bits that nest `n` needs: its length, or more where values of an iteration move on after its last operation.
int state_count(const Fsmd& fsmd, std::size_t n);

/// Whether a nest stops after an iteration whose step is that loop (-1: the frame's last). A kernel with one nest runs
/// through all firings without a pause; several nests take turns within each firing.
bool ends_firing(const Fsmd& fsmd, int step);

/// What a tracker adds when each loop of its nest steps, and, last, at the end of the frame, when it returns to its start.
std::vector<std::int64_t> tracker_increments(const Fsmd& fsmd, const Tracker& tracker);

/// The same for a tracker's register, modulo its ring, if it has one: at the end of a frame it goes on to the next.
std::vector<std::int64_t> register_increments(const Fsmd& fsmd, const Tracker& tracker);

/// A tracker's value as its register holds it.
std::int64_t register_value(const Tracker& tracker, std::int64_t value);

}  // namespace sluice
