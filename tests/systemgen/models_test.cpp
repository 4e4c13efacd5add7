// Whole models, from a folder that is not part of the source tree: SLUICE_MODELS, or ../shared/models beside it.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/systemgen/support/command.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

using namespace sluice;

namespace {

std::filesystem::path models() {
  const char* folder = std::getenv("SLUICE_MODELS");
  return folder ? std::filesystem::path(folder) : test::source_file("../shared/models");
}

/// The model's hardware gives what the reference gives, in the cycles predicted, and is close to the golden outputs.
void check_model(const std::string& name, const std::string& simulator) {
  const auto folder = models() / name;
  if (!std::filesystem::exists(folder)) {
    MESSAGE("skipped: there is no ", folder.string(), " (SLUICE_MODELS names the folder of models)");
    return;
  }
  const test::TemporaryFolder place;
  const auto result = test::run_sluice({(folder / "model.onnx").string(), "-o", "out", "--verify", "--inputs",
                                        folder.string(), "--frames", "1", "--simulator", simulator},
                                       place.path());
  REQUIRE_MESSAGE(result.exit_code == 0, name, ":\n", result.output);
  std::ifstream file(place.path() / "out" / "report.json");
  const auto report = nlohmann::json::parse(file);
  CHECK(report["verify"]["mismatches"] == 0);
  CHECK(report["cycles"]["latency"] == report["cycles"]["predicted_latency"]);
}

}  // namespace

TEST_CASE("model iris_mlp") { check_model("iris_mlp", "icarus"); }

TEST_SUITE("slow") {
  TEST_CASE("model mnist14_small") { check_model("mnist14_small", "icarus"); }
  TEST_CASE("model mlperf_ad01_fp32") { check_model("mlperf_ad01_fp32", "verilator"); }
  TEST_CASE("model mnist8_cntk") { check_model("mnist8_cntk", "verilator"); }
  TEST_CASE("model sdp_attention") { check_model("sdp_attention", "verilator"); }
  TEST_CASE("model espcn_subpixel_float") { check_model("espcn_subpixel_float", "verilator"); }
  TEST_CASE("model tinymaix_cifar10_fp32") { check_model("tinymaix_cifar10_fp32", "verilator"); }
  TEST_CASE("model micro_kws_m_static_fp32") { check_model("micro_kws_m_static_fp32", "verilator"); }
  TEST_CASE("model cifar_cnn_winml") { check_model("cifar_cnn_winml", "verilator"); }
  TEST_CASE("model mixed_ops_prelu") { check_model("mixed_ops_prelu", "verilator"); }
}
