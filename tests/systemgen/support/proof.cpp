#include "tests/systemgen/support/proof.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <map>

#include "core/arith/scalar_type.hpp"
#include "systemgen/control/cells.hpp"
#include "systemgen/verify/process.hpp"
#include "tests/systemgen/support/command.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

namespace sluice::test {
namespace {

namespace fs = std::filesystem;

/// The cells and the modules of the harnesses, by name.
std::map<std::string, std::string> modules() {
  std::map<std::string, std::string> texts;
  for (const auto& file : control_verilog()) texts[fs::path(file.name).stem().string()] = file.text;
  for (const auto& entry : fs::directory_iterator(source_file("tests/systemgen/control/proofs"))) {
    std::ifstream stream(entry.path());
    texts[entry.path().stem().string()] = {std::istreambuf_iterator<char>(stream), {}};
  }
  return texts;
}

void mutate(std::string& text, const Mutation& mutation) {
  const auto place = text.find(mutation.from);
  REQUIRE_MESSAGE(place != std::string::npos, mutation.module, " has no ", mutation.from);
  REQUIRE_MESSAGE(text.find(mutation.from, place + 1) == std::string::npos, mutation.module, " has two ",
                  mutation.from);
  text.replace(place, mutation.from.size(), mutation.to);
}

std::string run(const std::vector<std::string>& command, const fs::path& place) {
  const auto result = run_process(command, place, std::chrono::seconds(900));
  REQUIRE(result.has_value());
  REQUIRE_MESSAGE(result->exit_code == 0, result->output);
  return result->output;
}

}  // namespace

bool can_prove() {
  for (const char* tool : {"yosys", "berkeley-abc"}) {
    if (program_exists(tool)) continue;
    MESSAGE("skipped: there is no ", tool);
    return false;
  }
  return true;
}

std::string prove(const Proof& proof, const std::vector<Mutation>& mutations) {
  const TemporaryFolder place;
  auto texts = modules();
  for (const auto& mutation : mutations) mutate(texts.at(mutation.module), mutation);
  for (const auto& [name, text] : texts) std::ofstream(place.path() / (name + ".v")) << text;
  std::string parameters;
  for (const auto& each : proof.parameters) parameters += fmt::format(" -set {} {}", each.name, each.text);
  // Registers without reset may begin with anything; outputs would count as properties.
  std::ofstream(place.path() / "proof.ys") << fmt::format(R"(read_verilog -formal *.v
chparam{0} {1}
prep -flatten -nordff -top {1}
delete -output
formalff -clk2ff -anyinit2ff
async2sync
dffunmap
simplemap
techmap
opt -fast
abc -g AND -fast
opt_clean
aigmap
write_aiger -I -B -zinit -no-startoffset proof.aig
)",
                                                          parameters, proof.harness);
  run({"yosys", "-q", "proof.ys"}, place.path());
  const auto said = run({"berkeley-abc", "-c", "read_aiger proof.aig; fold; strash; pdr"}, place.path());
  if (said.find("Property proved.") != std::string::npos) return "proved";
  if (said.find("was asserted in frame") != std::string::npos) return "refuted";
  return said;
}

std::string packed(const std::vector<std::int64_t>& fields, int bits) {
  std::string digits;
  for (const auto field : fields)
    digits = fmt::format("{:0{}b}{}", static_cast<std::uint64_t>(field) & low_bits(bits), bits, digits);
  return fmt::format("{}'b{}", digits.size(), digits);
}

}  // namespace sluice::test
