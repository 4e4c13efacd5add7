#include "systemgen/synth/family.hpp"

#include <algorithm>

namespace sluice {
namespace {

Family::Kind lut(std::string prefix, std::int64_t luts = 1) { return {std::move(prefix), {.luts = luts}}; }
Family::Kind ff(std::string prefix) { return {std::move(prefix), {.ffs = 1}}; }
Family::Kind dsp(std::string prefix) { return {std::move(prefix), {.dsps = 1}}; }
Family::Kind block_ram(std::string prefix, double blocks = 1) { return {std::move(prefix), {.block_rams = blocks}}; }

/// A carry cell that is made of LUTs, or has none of its own.
Family::Kind carry(std::string prefix, std::int64_t luts) { return {std::move(prefix), {.luts = luts, .carries = 1}}; }

}  // namespace

const std::vector<Family>& families() {
  static const std::vector<Family> kFamilies = {
      {"xc7",
       "synth_xilinx -family xc7 -flatten -noiopad -noclkbuf",
       "LUT6",
       {lut("LUT"), lut("INV"), ff("FD"), carry("CARRY4", 0), dsp("DSP48E1"), block_ram("RAMB36"),
        block_ram("RAMB18", 0.5), lut("RAM32M", 4), lut("RAM64M", 4), lut("RAM128X1D", 4), lut("RAM64X1D", 2),
        lut("RAM32X1D", 2), lut("SRL")}},
      {"ecp5",
       "synth_ecp5",
       "LUT4",
       {lut("LUT4"), ff("TRELLIS_FF"), carry("CCU2C", 2), dsp("MULT18X18D"), block_ram("DP16KD"),
        lut("TRELLIS_DPR16X4", 6)}},
      {"ice40",
       "synth_ice40 -dsp",
       "LUT4",
       {lut("SB_LUT4"), ff("SB_DFF"), carry("SB_CARRY", 0), dsp("SB_MAC16"), block_ram("SB_RAM40_4K")}},
  };
  return kFamilies;
}

const Family* find_family(std::string_view name) {
  const auto found = std::find_if(families().begin(), families().end(), [&](const auto& f) { return f.name == name; });
  return found == families().end() ? nullptr : &*found;
}

FpgaCells fpga_cells(const Family& family, const CellCounts& cells) {
  FpgaCells sum;
  for (const auto& [type, times] : cells) {
    const auto kind = std::find_if(family.kinds.begin(), family.kinds.end(),
                                   [&type = type](const auto& k) { return type.starts_with(k.prefix); });
    if (kind == family.kinds.end()) continue;
    sum.luts += kind->each.luts * times;
    sum.ffs += kind->each.ffs * times;
    sum.carries += kind->each.carries * times;
    sum.dsps += kind->each.dsps * times;
    sum.block_rams += kind->each.block_rams * static_cast<double>(times);
  }
  return sum;
}

}  // namespace sluice
