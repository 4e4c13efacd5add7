#include "systemgen/verify/simulator_commands.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "systemgen/output/temporary_folder.hpp"
#include "systemgen/verify/bench_files.hpp"
#include "systemgen/verify/process.hpp"

using namespace sluice;

TEST_CASE("a shell reads a line as the words it was made of") {
  const std::vector<std::string> words{"printf", "%s\\n", "-O1 -O0", "it's", "", "$HOME", "a*", "plain"};
  const auto result = run_process({"sh", "-c", shell_line(words)}, ".", std::chrono::seconds(10));
  REQUIRE(result.has_value());
  CHECK(result->output == "-O1 -O0\nit's\n\n$HOME\na*\nplain\n");
}

TEST_CASE("only with waves does Verilator trace, with otherwise the same options") {
  const auto plain = verilator_build("d", false);
  auto waves = verilator_build("d", true);
  CHECK(std::ranges::find(plain, "--trace") == plain.end());
  CHECK(std::erase(waves, "--trace") == 1);
  CHECK(waves == plain);
}

TEST_CASE("the makefile beside a design builds as the flow does") {
  const auto place = TemporaryFolder::create();
  REQUIRE(place.has_value());
  auto folder = OutputFolder::create(place->path() / "design");
  REQUIRE(folder.has_value());
  REQUIRE(write_makefile(*folder).empty());
  std::ifstream file(folder->path() / "sim/Makefile");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  CHECK(text.find(shell_line(icarus_build("../sim/build/tb.vvp"))) != std::string::npos);
  CHECK(text.find(shell_line(verilator_build("../sim/build/verilator", true))) != std::string::npos);
}
