#include "systemgen/synth/survey.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "systemgen/synth/tool.hpp"

namespace sluice {
namespace {

using Json = nlohmann::json;

/// A parameter is a string of bits.
int number(const Json& parameters, const std::string& name) {
  return static_cast<int>(std::stoll(parameters.at(name).get<std::string>(), nullptr, 2));
}

/// Adds up what is below a module that is instantiated `times`.
class Counter {
 public:
  Counter(const Json& modules, Survey& survey) : modules_(modules), survey_(survey) {}

  void visit(const std::string& name, int times) {
    survey_.instances[name] += times;
    for (const auto& cell : modules_.at(name).at("cells")) {
      const std::string type = cell.at("type");
      if (type == "sluice_rom" || type.starts_with("sluice_ram")) {
        const auto& parameters = cell.at("parameters");
        int each = times;
        for (const char* count : {"BANKS", "LANES"}) each *= parameters.contains(count) ? number(parameters, count) : 1;
        survey_.memories[{type != "sluice_rom", number(parameters, "WIDTH"), number(parameters, "DEPTH")}] += each;
      } else if (!type.starts_with("sluice_") && modules_.contains(type)) {
        visit(type, times);
      }
    }
  }

 private:
  const Json& modules_;
  Survey& survey_;
};

bool is_large_unit(const std::string& type) { return type.starts_with("sluice_fp_") || type == "sluice_int_mul"; }

int count_large_units(const Json& module) {
  const auto& cells = module.at("cells");
  return static_cast<int>(
      std::count_if(cells.begin(), cells.end(), [](const Json& cell) { return is_large_unit(cell.at("type")); }));
}

Survey count(const Json& modules, const WrittenDesign& design, const std::string& top) {
  Survey survey;
  Counter(modules, survey).visit(top, 1);
  for (const auto& [instance, cell] : modules.at(top).at("cells").items()) {
    if (cell.at("type").get<std::string>().starts_with("sluice_ram")) survey.top_memories.insert(instance);
  }
  for (const auto& name : design.modules()) {
    if (!survey.instances.contains(name)) continue;
    const Json& module = modules.at(name);
    survey.large_units[name] = count_large_units(module);
    survey.clock_of[name] = module.at("ports").contains("aclk") ? "aclk" : "clk";
  }
  return survey;
}

}  // namespace

std::string to_string(const MemoryShape& shape) {
  return fmt::format("{} {} x {}", shape.writable ? "ram" : "rom", shape.depth, shape.width);
}

std::int64_t Survey::memory_bits() const {
  std::int64_t bits = 0;
  for (const auto& [shape, times] : memories) bits += shape.bits() * times;
  return bits;
}

Expected<Survey> survey(const WrittenDesign& design, const std::string& top, const std::filesystem::path& place,
                        std::chrono::seconds timeout) {
  const auto modules = design.modules();
  if (std::find(modules.begin(), modules.end(), top) == modules.end()) {
    return Diagnostic{top, "is not a module of the design", fmt::format("there are {}", fmt::join(modules, ", "))};
  }
  // As black boxes, the library's modules keep their parameters.
  const std::string script =
      fmt::format("read_verilog -lib {}\nread_verilog {}\nhierarchy -check -top {}\nproc\nwrite_json survey.json\n",
                  fmt::join(design.library, " "), fmt::join(design.generated, " "), top);
  if (auto errors = write_text(place / "survey.ys", script); !errors.empty()) return errors;
  if (const auto ran = run_yosys("survey.ys", place, timeout); !ran) return ran.errors();
  const auto text = read_text(place / "survey.json");
  if (!text) return text.errors();
  return count(Json::parse(*text).at("modules"), design, top);
}

}  // namespace sluice
