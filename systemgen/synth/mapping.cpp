#include "systemgen/synth/mapping.hpp"

#include <fmt/format.h>

namespace sluice {

std::string abc_script() {
  // No rewriting for area (dc2, scorr, &syn2): it turns prefix adders into ripple carries.
  return "strash\nifraig\ndch\nmap -B 0.9\ntopo\nbuffer -c\ntopo\nupsize {D}\ndnsize {D}\nstime -p\n";
}

std::string abc_constraints(const Liberty& liberty) {
  std::string text;
  if (const auto* buffer = liberty.typical_buffer()) text += fmt::format("set_driving_cell {}\n", buffer->name);
  return text + fmt::format("set_load {}\n", typical_load_ff(liberty));
}

std::string mapping_script(const MappingJob& job) {
  return fmt::format(
      "rename -wire -suffix _reg t:$_*DFF*\n"
      "dfflibmap -liberty {0}\n"
      "abc -liberty {0} -D {1} -constr abc.constr -script abc.script\n"
      "splitnets -ports\n"
      "opt_clean -purge\n",
      job.liberty, static_cast<long>(job.budget_ps));
}

double typical_load_ff(const Liberty& liberty) {
  const auto* buffer = liberty.typical_buffer();
  return buffer != nullptr ? 2 * buffer->input_capacitance_ff : 10;
}

}  // namespace sluice
