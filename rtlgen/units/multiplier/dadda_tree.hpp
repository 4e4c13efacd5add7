#pragma once

#include <array>
#include <string>
#include <vector>

namespace sluice {

/// Names of the bits to be summed: those of weight 2^k in column k, the oldest first.
using BitColumns = std::vector<std::vector<std::string>>;

/// Most bits in a column.
int height(const BitColumns& columns);

/// To how many bits a column the next stage comes down from `height` > 2: the largest below it of 2, 3, 4, 6, 9, 13,
/// ... L. Dadda, Some schemes for parallel multipliers, Alta Frequenza 34, 1965.
int dadda_height(int height);

/// Inputs of one adder; a half adder's third is "1'b0".
using AdderInputs = std::array<std::string, 3>;

/// One stage of Dadda's: the fewest adders that bring `columns` down to dadda_height of their height. The sum of adder
/// i is called "<sum>[i]", its carry "<carry>[i]"; the carry out of the last column is dropped. All inputs come from
/// earlier stages.
std::vector<AdderInputs> dadda_stage(BitColumns& columns, const std::string& sum, const std::string& carry);

}  // namespace sluice
