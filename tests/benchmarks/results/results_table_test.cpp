#include "benchmarks/results/results_table.hpp"

#include <doctest/doctest.h>

using namespace sluice::bench;

namespace {

Result measured(const std::string& subject, const std::string& configuration) {
  Result result{"layers", subject, configuration, "", "xc7", 10, Outcome::verified};
  result.figures = Figures{};
  return result;
}

}  // namespace

TEST_CASE("numbers have separators for thousands") {
  CHECK(number_text(0) == "0");
  CHECK(number_text(999) == "999");
  CHECK(number_text(1000) == "1,000");
  CHECK(number_text(1234567) == "1,234,567");
  CHECK(number_text(-123) == "-123");
  CHECK(number_text(-1234) == "-1,234");
  CHECK(number_text(std::optional<std::int64_t>()) == "-");
}

TEST_CASE("factors have few digits") {
  CHECK(speedup_text(100, 40) == "2.50x");
  CHECK(speedup_text(30000, 100) == "300x");
}

TEST_CASE("results are found by their names and come in the order of the suite") {
  Result refused{"layers", "lenet_conv5x5_1_6", "O1", "", "xc7", 10, Outcome::refused};
  const Results results({measured("other", "O1"), measured("lenet_fc_84_10", "O1"), measured("lenet_fc_84_10", "O2-4"),
                         measured("lenet_fc_120_84", "O1"), refused});
  CHECK(results.find("layers/lenet_fc_84_10", "O2-4")->configuration == "O2-4");
  CHECK(results.find("layers/lenet_fc_84_10", "O2-5") == nullptr);
  CHECK(results.find("layers/lenet_conv5x5_1_6", "O1") == nullptr);
  CHECK(results.subjects("layers") ==
        std::vector<std::string>{"layers/lenet_fc_120_84", "layers/lenet_fc_84_10", "layers/other"});
  CHECK(results.subjects("chains").empty());
}

TEST_CASE("what was not simulated is marked") {
  Result result = measured("a", "O1");
  CHECK(doubt_text(result).empty());
  result.outcome = Outcome::compiled;
  CHECK(doubt_text(result) == " (compiled)");
}
