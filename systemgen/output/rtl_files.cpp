#include "systemgen/output/rtl_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rtlgen/units/multiplier/product_files.hpp"
#include "rtlgen/units/units.hpp"
#include "systemgen/control/cells.hpp"

namespace sluice {
namespace {

/// Writes to rtl/ and remembers what; a name that comes twice is refused.
class RtlWriter {
 public:
  explicit RtlWriter(OutputFolder& folder) : folder_(&folder) {}

  void verilog(const std::string& name, std::string_view text) { write(files_.verilog, name, text); }
  void memory(const std::string& name, std::string_view text) { write(files_.memories, name, text); }

  Expected<RtlFiles> result() {
    if (!errors_.empty()) return errors_;
    return std::move(files_);
  }

 private:
  void write(std::vector<std::string>& list, const std::string& name, std::string_view text) {
    if (!names_.insert(name).second) {
      errors_.push_back({name, "two files of this name", "this is a bug in Sluice; please report the model"});
    }
    if (!errors_.empty()) return;
    append(errors_, folder_->write("rtl/" + name, text));
    list.push_back("rtl/" + name);
  }

  OutputFolder* folder_;
  RtlFiles files_;
  std::set<std::string> names_;
  Diagnostics errors_;
};

/// Library modules of the system and of all actors.
std::vector<std::string> library_modules(const Design& design) {
  std::set<std::string> modules = design.system.cells;
  for (const auto& actor : design.actors) modules.insert(actor.units.begin(), actor.units.end());
  return {modules.begin(), modules.end()};
}

std::set<ProductSize> products(const Design& design) {
  std::set<ProductSize> sizes;
  for (const auto& actor : design.actors) {
    for (const auto& instance : actor.module.instances()) {
      if (const auto size = product_size(instance)) sizes.insert(*size);
    }
  }
  return sizes;
}

const EmbeddedFile* control_cell(const std::string& module) {
  const auto cells = control_verilog();
  const auto found =
      std::find_if(cells.begin(), cells.end(), [&](const auto& file) { return file.name == module + ".v"; });
  return found == cells.end() ? nullptr : &*found;
}

}  // namespace

Netlist netlist_of(const Design& design) {
  Netlist netlist;
  netlist.top = design.system.top.name();
  for (const auto& actor : design.actors) netlist.modules.push_back(actor.module);
  netlist.modules.push_back(design.system.top);
  return netlist;
}

Expected<RtlFiles> write_rtl(const Design& design, OutputFolder& folder, const Multiplier& multiplier) {
  RtlWriter writer(folder);
  std::vector<std::string> units;
  for (const auto& module : library_modules(design)) {
    if (const auto* cell = control_cell(module)) {
      writer.verilog(std::string(cell->name), cell->text);
    } else {
      units.push_back(module);
    }
  }
  for (const auto& file : unit_files(units, multiplier, products(design))) writer.verilog(file.name, file.text);
  for (const auto& actor : design.actors) {
    writer.verilog(actor.module.name() + ".v", to_verilog(actor.module));
    for (const auto& memory : actor.memories) writer.memory(memory.name, memory_text(memory));
  }
  writer.verilog(design.system.top.name() + ".v", to_verilog(design.system.top));
  return writer.result();
}

}  // namespace sluice
