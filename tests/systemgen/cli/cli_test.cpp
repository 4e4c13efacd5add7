#include "systemgen/cli/cli.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "systemgen/verify/process.hpp"
#include "tests/systemgen/support/command.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

using namespace sluice;
using test::run_sluice;
using test::source_file;

namespace {

const std::string kModel = source_file("examples/digits/model.onnx").string();
const std::string kImages = source_file("examples/digits/images").string();

nlohmann::json report_of(const std::filesystem::path& folder) {
  std::ifstream file(folder / "report.json");
  return nlohmann::json::parse(file);
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::size_t lines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

TEST_CASE("the memory of the program is its own, not that of the program which started it") {
  const test::TemporaryFolder place;
  const std::vector<char> large(std::size_t{400} << 20U, 'x');
  REQUIRE(run_sluice({kModel, "-o", "out", "--stop-after", "import", "--quiet"}, place.path()).exit_code == 0);
  CHECK(large.back() == 'x');
  const double megabytes = report_of(place.path() / "out")["peak_rss_mb"].get<double>();
  CHECK(megabytes > 1);
  CHECK(megabytes < 300);
}

TEST_CASE("help and version end with 0, wrong usage with 2") {
  const test::TemporaryFolder place;
  const auto help = run_sluice({"--help"}, place.path());
  CHECK(help.exit_code == 0);
  for (const char* option :
       {"-o",           "--verify",      "--inputs",   "--frames",       "--seed",          "--rtol",
        "--atol",       "--simulator",   "-O",         "--scheduler",    "--system",        "--clock",
        "--target",     "--multipliers", "--interval", "--stream-width", "--stream-layout", "--shape",
        "--dump-after", "--stop-after",  "--skip",     "--check",        "--time-passes",   "--quiet"}) {
    CHECK_MESSAGE(contains(help.output, option), option);
  }
  CHECK(run_sluice({"--version"}, place.path()).output == "sluice 0.1.0\n");
  for (const std::vector<std::string>& wrong : {std::vector<std::string>{},
                                                {kModel, "--no-such-option"},
                                                {kModel, "--frames", "0"},
                                                {kModel, "--frames", "many"},
                                                {kModel, "-O3"},
                                                {kModel, "--simulator", "modelsim"},
                                                {kModel, "--shape", "image"},
                                                {kModel, "--shape", "image=1,x"},
                                                {kModel, "--shape", "image=0"},
                                                {kModel, "--clock", "-1"},
                                                {kModel, "--stream-layout", "nhwc"},
                                                {kModel, "--stream-layout", "image=nhwc"},
                                                {kModel, "--stream-layout", "=row-major"},
                                                {kModel, "another.onnx"}}) {
    const auto result = run_sluice(wrong, place.path());
    CHECK_MESSAGE(result.exit_code == 2, result.output);
    CHECK(result.output != "");
  }
  CHECK(std::filesystem::is_empty(place.path()));
}

TEST_CASE("wide streams are for dataflow systems") {
  const test::TemporaryFolder place;
  const auto result = run_sluice({kModel, "--system", "staged", "--stream-width", "64"}, place.path());
  CHECK(result.exit_code == 1);
  CHECK(contains(result.output, "--stream-width: a central controller takes an element a beat"));
  REQUIRE(run_sluice({kModel, "--stream-width", "64", "--stop-after", "rtl", "-o", "out"}, place.path()).exit_code ==
          0);
  std::ifstream file(place.path() / "out" / "report.json");
  CHECK(nlohmann::json::parse(file)["ports"][0]["elements_per_beat"] == 2);
}

TEST_CASE("streams have a layout for all and one by one") {
  const test::TemporaryFolder place;
  const std::vector<std::string> run{kModel, "--stop-after", "rtl", "-o", "out", "--stream-layout"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), run.begin(), run.end());
    return run_sluice(more, place.path());
  };
  REQUIRE(with({"channels-last", "--stream-layout", "image=row-major"}).exit_code == 0);
  // One channel: the same.
  CHECK(report_of(place.path() / "out")["ports"][0]["layout"] == "row-major");
  CHECK(report_of(place.path() / "out")["network"]["other_layouts"] == nlohmann::json::object());
  const auto unknown = with({"picture=channels-last"});
  CHECK(unknown.exit_code == 1);
  CHECK(contains(unknown.output,
                 "--stream-layout picture=channels-last: the model has no input or output of this name "
                 "(name one of: image, scores)"));
  const auto vector = with({"scores=channels-last"});
  CHECK(vector.exit_code == 1);
  CHECK(lines(vector.output) == 1);
}

TEST_CASE("an interval is not asked for together with buffers that need not keep it") {
  const test::TemporaryFolder place;
  const auto result = run_sluice({kModel, "--interval", "5000", "--buffers", "minimal"}, place.path());
  CHECK(result.exit_code == 1);
  CHECK(contains(result.output, "--buffers minimal: may lengthen the interval that --interval asks for"));
}

TEST_CASE("choices for a level without any are refused with one sentence") {
  const test::TemporaryFolder place;
  const auto result = run_sluice({kModel, "-O1", "--system", "dataflow", "--multipliers", "4"}, place.path());
  CHECK(result.exit_code == 1);
  CHECK(lines(result.output) == 1);
  CHECK(contains(result.output, "-O1: builds one multiplier for each accelerator"));
  CHECK(std::filesystem::is_empty(place.path()));
}

TEST_CASE("requests that can't be built end with 1 and leave nothing behind") {
  const test::TemporaryFolder place;
  std::ofstream(place.path() / "junk.onnx") << "this is no model";
  for (const std::vector<std::string>& request : {std::vector<std::string>{"nowhere.onnx"},
                                                  {"junk.onnx"},
                                                  {kModel, "--target", "nowhere"},
                                                  {kModel, "--inputs", "nowhere"},
                                                  {kModel, "--inputs", kImages, "--frames", "101"},
                                                  {kModel, "--shape", "nobody=1"},
                                                  {kModel, "--skip", "nothing"},
                                                  {kModel, "--dump-after", "nothing"},
                                                  {kModel, "--verify", "--stop-after", "rtl"},
                                                  {kModel, "--system", "staged", "--buffers", "minimal"},
                                                  {kModel, "--clock", "0.001"},
                                                  {kModel, "-o", "junk.onnx"},
                                                  {kModel, "-o", "/proc/nowhere/out"}}) {
    const auto result = run_sluice(request, place.path());
    CHECK_MESSAGE(result.exit_code == 1, request.back(), ": ", result.output);
    CHECK(result.output != "");
    CHECK(!contains(result.output, "internal error"));
  }
  CHECK(std::distance(std::filesystem::directory_iterator(place.path()), {}) == 1);
}

TEST_CASE("without --verify, a run writes everything but simulates nothing") {
  const test::TemporaryFolder place;
  const auto result = run_sluice({kModel}, place.path());
  REQUIRE_MESSAGE(result.exit_code == 0, result.output);
  const auto folder = place.path() / "model.sluice";
  const auto report = report_of(folder);
  CHECK(report["verify"].is_null());
  CHECK(report["cycles"]["latency"].is_null());
  for (const char* kind : {"rtl", "testbench", "memories"}) {
    CHECK(!report["files"][kind].empty());
    for (const auto& file : report["files"][kind]) CHECK(std::filesystem::exists(folder / file.get<std::string>()));
  }
  CHECK(report["macs"] == 25408);
  CHECK(report["ports"][0]["name"] == "s_axis_image");
  CHECK(report["ports"][0]["beats_per_frame"] == 64);
  const auto again = run_sluice({kModel, "--quiet"}, place.path());
  CHECK(again.exit_code == 0);
  CHECK(again.output == "");
}

TEST_CASE("a run that fails keeps the earlier folder") {
  const test::TemporaryFolder place;
  REQUIRE(run_sluice({kModel, "-o", "out"}, place.path()).exit_code == 0);
  CHECK(run_sluice({kModel, "-o", "out", "--inputs", "nowhere"}, place.path()).exit_code == 1);
  CHECK(report_of(place.path() / "out")["macs"] == 25408);
  CHECK(std::distance(std::filesystem::directory_iterator(place.path()), {}) == 1);
}

TEST_CASE("an interrupted run leaves nothing behind") {
  const test::TemporaryFolder place;
  const auto result = run_process({"timeout", "-s", "INT", "1", SLUICE_BINARY, kModel, "--verify", "--frames", "100"},
                                  place.path(), std::chrono::seconds(60));
  REQUIRE(result.has_value());
  CHECK(contains(result->output, "interrupted"));
  CHECK(std::filesystem::is_empty(place.path()));
}

TEST_CASE("dumps are numbered and a run can stop after a stage") {
  const test::TemporaryFolder place;
  REQUIRE(run_sluice({kModel, "-o", "out", "--dump-after", "all", "--time-passes"}, place.path()).exit_code == 0);
  CHECK(std::filesystem::exists(place.path() / "out" / "dump" / "00_import.txt"));
  std::string names;
  for (const auto& entry : std::filesystem::directory_iterator(place.path() / "out" / "dump")) {
    names += entry.path().filename().string() + "\n";
  }
  for (const char* level :
       {"_fuse", "_merge-operations_conv1.txt", "_lower.txt", "_network.dot", "_schedule_conv1_0.json"})
    CHECK(contains(names, level));
  const auto stopped =
      run_sluice({kModel, "-o", "out", "--stop-after", "lower", "--dump-after", "lower"}, place.path());
  CHECK(stopped.exit_code == 0);
  CHECK(!std::filesystem::exists(place.path() / "out" / "rtl"));
  CHECK(std::distance(std::filesystem::directory_iterator(place.path() / "out" / "dump"), {}) == 1);
}

TEST_CASE("loop passes that are chosen are dumped and checked as the others are") {
  const test::TemporaryFolder place;
  const auto result =
      run_sluice({kModel, "-o", "out", "--multipliers", "24", "--dump-after", "all", "--check", "all", "--time-passes"},
                 place.path());
  REQUIRE_MESSAGE(result.exit_code == 0, result.output);
  std::string names;
  for (const auto& entry : std::filesystem::directory_iterator(place.path() / "out" / "dump"))
    names += entry.path().filename().string() + "\n";
  for (const char* pass : {"parallelise", "partition", "rotate-accumulations"}) {
    CHECK(contains(names, fmt::format("_{}_conv1.txt", pass)));
    CHECK(contains(result.output, pass));
  }
  CHECK(run_sluice({kModel, "-o", "out", "--multipliers", "24", "--skip", "rotate-accumulations"}, place.path())
            .exit_code == 0);
}

TEST_CASE("the hardware reads digits: simulated with Icarus, against the reference and the golden scores") {
  const test::TemporaryFolder place;
  const auto result =
      run_sluice({kModel, "-o", "out dir", "--verify", "--inputs", kImages, "--frames", "2"}, place.path());
  REQUIRE_MESSAGE(result.exit_code == 0, result.output);
  const auto report = report_of(place.path() / "out dir");
  CHECK(report["cycles"]["latency"] == report["cycles"]["predicted_latency"]);
  CHECK(report["cycles"]["interval"] == report["cycles"]["predicted_interval"]);
  CHECK(report["verify"]["frames"] == 2);
  CHECK(report["verify"]["elements"] == 20);
  CHECK(report["verify"]["mismatches"] == 0);
  CHECK(report["verify"]["max_abs_error"].get<double>() < 1e-4);
  const auto labels = [&] {
    std::ifstream file(source_file("examples/digits/labels.txt"));
    return std::vector<int>{std::istream_iterator<int>(file), {}};
  }();
  for (std::size_t frame = 0; frame < 2; ++frame) {
    const auto scores = report["verify"]["outputs"][frame][0]["values"].get<std::vector<double>>();
    CHECK(std::max_element(scores.begin(), scores.end()) - scores.begin() == labels[frame]);
  }
}

TEST_CASE("every level agrees with its neighbour") {
  const test::TemporaryFolder place;
  const auto result = run_sluice({kModel, "-o", "out", "--check", "all"}, place.path());
  CHECK_MESSAGE(result.exit_code == 0, result.output);
}

TEST_SUITE("slow") {
  TEST_CASE("results beyond the tolerance end with 3 and leave the report") {
    const test::TemporaryFolder place;
    const auto result = run_sluice({kModel, "-o", "out", "--verify", "--inputs", kImages, "--frames", "1", "--rtol",
                                    "0", "--atol", "0", "--quiet"},
                                   place.path());
    CHECK(result.exit_code == 3);
    CHECK(contains(result.output, "scores: "));
    CHECK(contains(result.output, "outside the tolerance"));
    CHECK(report_of(place.path() / "out")["verify"]["mismatches"] == 0);
  }

  TEST_CASE("the test bench can be run by hand with streams that pause") {
    const test::TemporaryFolder place;
    REQUIRE(run_sluice({kModel, "-o", "out", "--inputs", kImages, "--frames", "2"}, place.path()).exit_code == 0);
    const auto make =
        run_process({"make", "-C", "out/sim", "ARGS=+stall=50 +seed=4"}, place.path(), std::chrono::seconds(600));
    REQUIRE(make.has_value());
    CHECK(make->exit_code == 0);
    CHECK(contains(make->output, "\nPASS\n"));
  }
}

TEST_CASE("explore prints the front of a model and writes it as JSON and SVG") {
  const test::TemporaryFolder place;
  const auto table = run_sluice({"explore", kModel, "--points", "3", "--most-multipliers", "8"}, place.path());
  CHECK(table.exit_code == 0);
  CHECK(contains(table.output, "--multipliers 4     none"));
  const auto folder = place.path() / "model.explore";
  CHECK(std::filesystem::exists(folder / "front.svg"));
  const auto json = run_sluice({"explore", kModel, "--points", "3", "--most-multipliers", "8", "--json"}, place.path());
  CHECK(json.exit_code == 0);
  CHECK(nlohmann::json::parse(json.output) == report_of(folder));
  CHECK(run_sluice({"explore", kModel, "--points", "0"}, place.path()).exit_code == 2);
  CHECK(run_sluice({"explore", kModel, "--most-multipliers", "1"}, place.path()).exit_code == 1);
}
