#include "systemgen/dump_levels.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "frontend/passes/pass.hpp"

namespace sluice {

Diagnostics check_dump_name(const std::string& name) {
  std::vector<std::string_view> names{"import"};
  for (const auto pass : pass_names()) names.push_back(pass);
  names.insert(names.end(), {"lower", "network", "schedule", "all"});
  if (name.empty() || std::ranges::find(names, name) != names.end()) return {};
  return {{fmt::format("--dump-after {}", name), "there is no stage or pass of this name",
           fmt::format("choose one of {}", fmt::join(names, ", "))}};
}

void dump(Dumper& dumper, const std::string& stage, const TensorGraph& graph) {
  if (dumper.wants(stage)) dumper.write(stage, "", "txt", to_string(graph));
  dumper.next();
}

void dump(Dumper& dumper, const std::string& pass, const Kernel& kernel) {
  if (dumper.wants(pass)) dumper.write(pass, kernel.name, "txt", to_string(kernel));
  dumper.next();
}

void dump(Dumper& dumper, const std::vector<Kernel>& kernels) {
  if (dumper.wants("lower")) {
    std::string text;
    for (const auto& kernel : kernels) text += to_string(kernel) + "\n";
    dumper.write("lower", "", "txt", text);
  }
  dumper.next();
}

void dump(Dumper& dumper, const TokenNetwork& network) {
  if (dumper.wants("network")) dumper.write("network", "", "dot", to_dot(network));
  dumper.next();
}

void dump(Dumper& dumper, const TokenNetwork& network, const std::vector<BuiltActor>& actors) {
  for (std::size_t i = 0; dumper.wants("schedule") && i < actors.size(); ++i) {
    const auto& kernel = network[network.actors[i]].kernel;
    for (std::size_t n = 0; n < kernel.nests.size(); ++n) {
      const auto& nest = actors[i].nests[n];
      const nlohmann::json json{{"problem", to_json(nest.problem)}, {"schedule", to_json(nest.schedule)}};
      dumper.write("schedule", fmt::format("{}_{}", kernel.name, n), "json", json.dump(1) + "\n");
    }
  }
  dumper.next();
}

}  // namespace sluice
