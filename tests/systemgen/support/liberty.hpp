#pragma once

#include <string>

namespace sluice::test {

/// Cells to test with: $SLUICE_LIBERTY, else the smallest Liberty file beside the folder of models; empty, and a
/// message, if there is none or Yosys or OpenSTA are not installed.
std::string liberty_to_test_with();

/// The Liberty file beside the folder of models that a target was made from: its name begins with the target's. Empty
/// in the same cases.
std::string liberty_of(const std::string& target);

/// Whether Yosys is not installed; says so.
bool without_yosys();

}  // namespace sluice::test
