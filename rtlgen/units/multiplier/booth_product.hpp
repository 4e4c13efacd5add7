#pragma once

#include <set>
#include <string>

#include "rtlgen/units/multiplier/product_size.hpp"

namespace sluice {

/// The module sluice_product for targets without hard multipliers: parameters, ports, latency and results are those of
/// unit_verilog("sluice_product"), but the products of `sizes` are built from gates: radix-4 Booth recoding of the
/// narrower operand, a Dadda tree, one adder. Any other size is left to the operator `*`.
/// A. D. Booth, A signed binary multiplication technique, QJMAM 4, 1951; O. L. MacSorley, High-speed arithmetic in
/// binary computers, Proc. IRE 49, 1961.
std::string booth_product(const std::set<ProductSize>& sizes);

}  // namespace sluice
