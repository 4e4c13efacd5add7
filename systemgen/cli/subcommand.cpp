#include "systemgen/cli/subcommand.hpp"

#include <algorithm>
#include <array>

#include "systemgen/cli/characterize.hpp"
#include "systemgen/cli/explore.hpp"
#include "systemgen/cli/synth.hpp"

namespace sluice {

std::span<const Subcommand> subcommands() {
  static constexpr std::array kSubcommands{
      Subcommand{"explore", "the front of a model's designs: multipliers, cycles, area", run_explore},
      Subcommand{"synth", "synthesizes a written design: area, timing", run_synth},
      Subcommand{"characterize", "makes a target file from a library of cells", run_characterize},
  };
  return kSubcommands;
}

const Subcommand* find_subcommand(int argc, const char* const* argv) {
  if (argc < 2) return nullptr;
  const auto all = subcommands();
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& command) { return command.name == argv[1]; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace sluice
