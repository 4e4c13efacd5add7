#include "systemgen/synth/written_design.hpp"

#include <nlohmann/json.hpp>

#include "systemgen/synth/tool.hpp"

namespace sluice {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* kHint = "make it with sluice MODEL.onnx -o DIR";

std::vector<std::string> file_names(const Json& list) {
  std::vector<std::string> names;
  for (const auto& file : list) names.push_back(fs::path(file.get<std::string>()).filename().string());
  return names;
}

WrittenDesign parse(const fs::path& folder, const Json& report) {
  WrittenDesign design{folder, report.at("target"), report.at("clock_ns"), report.at("top"), {}, {}, {}};
  for (auto& name : file_names(report.at("files").at("rtl"))) {
    (name.starts_with("sluice_") ? design.library : design.generated).push_back(std::move(name));
  }
  design.memories = file_names(report.at("files").at("memories"));
  return design;
}

}  // namespace

std::vector<std::string> WrittenDesign::modules() const {
  std::vector<std::string> names;
  for (const auto& file : generated) names.push_back(fs::path(file).stem().string());
  return names;
}

Expected<WrittenDesign> read_design(const fs::path& folder) {
  const auto text = read_text(folder / "report.json");
  if (!text) return Diagnostic{folder.string(), "is not a folder that Sluice wrote (there is no report.json)", kHint};
  try {
    auto design = parse(folder, Json::parse(*text));
    if (design.generated.empty()) return Diagnostic{folder.string(), "holds no hardware", kHint};
    return design;
  } catch (const Json::exception& error) {
    return Diagnostic{(folder / "report.json").string(), error.what(), kHint};
  }
}

Diagnostics link_files(const WrittenDesign& design, const fs::path& place) {
  for (const auto* list : {&design.library, &design.generated, &design.memories}) {
    for (const auto& name : *list) {
      std::error_code error;
      fs::create_symlink(fs::absolute(design.folder / "rtl" / name), place / name, error);
      if (error) return {{(place / name).string(), "cannot be made: " + error.message(), ""}};
    }
  }
  return {};
}

}  // namespace sluice
