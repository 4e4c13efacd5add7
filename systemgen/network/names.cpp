#include "systemgen/network/names.hpp"

#include "rtlgen/netlist/netlist.hpp"

namespace sluice {

std::string VerilogNames::claim(const std::string& wanted) {
  constexpr std::size_t kLongest = 64;  // converters join whole scopes to names of several hundred characters
  std::string base = verilog_identifier(wanted).substr(0, kLongest);
  if (base.starts_with("sluice_")) base.insert(0, "node_");  // the library's modules are called so
  std::string name = base;
  for (int i = 2; !taken_.insert(name).second; ++i) name = base + "_" + std::to_string(i);
  return name;
}

}  // namespace sluice
