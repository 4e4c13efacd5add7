#pragma once

#include "benchmarks/results/document.hpp"
#include "benchmarks/results/results_table.hpp"

/// The parts of the page of results, one file each. What was not measured is left out.
namespace sluice::bench {

Document counting_section(const Results& results);   ///< how figures are counted
Document layers_section(const Results& results);     ///< efficiency and cycles by multipliers
Document speedups_section(const Results& results);   ///< over -O0, beside their bounds
Document published_section(const Results& results);  ///< beside other tools, with no more multipliers
Document area_section(const Results& results);       ///< standard cells, beside published designs
Document gemm_section(const Results& results);       ///< one kernel by size
Document compile_section(const Results& results);    ///< compile time
Document networks_section(const Results& results);   ///< whole networks on other tools

}  // namespace sluice::bench
