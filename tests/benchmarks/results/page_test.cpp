#include "benchmarks/results/page.hpp"

#include <doctest/doctest.h>

#include "systemgen/synth/tool.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

using namespace sluice;
using namespace sluice::bench;

namespace {

Result measured(const std::string& suite, const std::string& subject, const std::string& configuration,
                std::int64_t macs, std::int64_t cycles, std::int64_t multipliers) {
  Result result{suite, subject, configuration, "", "xc7", 10, Outcome::verified};
  Figures figures;
  figures.macs = macs;
  figures.kernel_cycles = cycles;
  figures.critical_cycles = cycles - 5;
  figures.latency = figures.predicted_latency = cycles + 100;
  figures.multipliers = multipliers;
  figures.compile_seconds = 0.5;
  figures.actors.push_back({"a", "Conv", macs, cycles, 1, multipliers, cycles == 60 ? 0.9 : 1});
  result.figures = figures;
  return result;
}

Result synthesised() {
  Result result = measured("standard_cells", "batch_matmul", "O2-16", 128, 20, 16);
  result.target = "asap7";
  result.clock_ns = 1;
  result.cells = Cells{"asap7", 1, {{"area", 10731.5}, {"actors_area", 8555.4}, {"worst_slack_ps", 227}}};
  return result;
}

Results sample() {
  return Results(
      {measured("layers", "lenet_fc_84_10", "O0", 840, 8400, 1),
       measured("layers", "lenet_fc_84_10", "O2-16", 840, 60, 16), measured("polybench", "gemm_4", "O1", 64, 100, 2),
       measured("polybench", "gemm_4", "O2-24", 64, 20, 20), measured("chains", "chain_2", "O2-32", 1000, 900, 32),
       measured("chains", "chain_2", "O1", 1000, 900, 2),
       measured("layers", "lenet_conv5x5_1_6", "O0", 60000, 600000, 1),
       measured("layers", "lenet_conv5x5_1_6", "O2-64", 60000, 1000, 64), synthesised()});
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the page has measured figures beside published ones") {
  const std::string text = markdown_text(page_of(sample()));
  CHECK(has(text, "| lenet_fc_84_10 | 8,400 | - | - | - | 60 | - | - |"));
  CHECK(has(text, "| lenet_fc_84_10 | 840 | - | - | 0.875 / 16, at most 0.900 | - | - |"));
  CHECK(has(text, "| gemm_4 | SODA Synthesizer, full | 28 | 24 | 11,865 | 72 | O2-24 | 20 | 15 | 120 | 20 |"));
  CHECK(has(text, "| gemm_4 | Bambu 2024.10, default | 358 | 1 | - | - | O1 | 100 |"));
  CHECK(has(text, "| 2 | O2-32 | 32 | 0.50 | 0 |"));
  CHECK(!has(text, "gemm_8"));
}

TEST_CASE("speed-ups of large layers stand beside what the baseline allows") {
  const std::string text = markdown_text(speedups_section(sample()));
  CHECK(has(text, "| lenet_conv5x5_1_6 | 600,000 | 10.00 | - | 160x | 600x | 640x | - | 2560x |"));
  CHECK(!has(text, "lenet_fc_84_10"));
}

TEST_CASE("areas stand beside published ones, and the page says every target") {
  const std::string text = markdown_text(page_of(sample()));
  CHECK(has(text, "| batch_matmul | Sluice, O2-16 | 1 ns | 20 | 16 | 0 | 8,555 | 10,732 | 227 |"));
  CHECK(has(text, "| batch_matmul | SODA Synthesizer, optimised | - | 56 | 16 | 16 | 40,307 | - | - |"));
  CHECK(has(text, "9 cases for xc7 at 10 ns, asap7 at 1 ns;"));
}

TEST_CASE("parts without results are left out") {
  CHECK(layers_section(Results({})).empty());
  CHECK(speedups_section(Results({})).empty());
  CHECK(area_section(Results({})).empty());
  CHECK(published_section(Results({})).empty());
  CHECK(gemm_section(Results({})).empty());
  CHECK(compile_section(Results({})).empty());
}

TEST_CASE("a page is written with every plot that it links to") {
  const test::TemporaryFolder place;
  CHECK(write_page(sample(), place.path() / "page").empty());
  const auto text = read_text(place.path() / "page" / "RESULTS.md");
  REQUIRE(text.has_value());
  std::size_t plots = 0;
  for (std::size_t at = text->find("]("); at != std::string::npos; at = text->find("](", at + 1)) {
    const std::string name = text->substr(at + 2, text->find(')', at) - at - 2);
    CHECK_MESSAGE(std::filesystem::exists(place.path() / "page" / name), name);
    ++plots;
  }
  CHECK(plots == 5);
  CHECK(std::filesystem::exists(place.path() / "page" / "RESULTS.html"));
}
