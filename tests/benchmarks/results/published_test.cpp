#include "benchmarks/results/published.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "benchmarks/suites/suite.hpp"

using namespace sluice::bench;

namespace {

std::set<std::string> subjects() {
  std::set<std::string> names;
  for (const auto& suite : suites()) {
    for (const auto& subject : suite.subjects({})) names.insert(std::string(suite.name) + "/" + subject.name);
  }
  return names;
}

}  // namespace

TEST_CASE("every published figure has a source and a subject that is measured here") {
  std::set<std::string> sources;
  for (const auto& source : published().sources) sources.insert(source.key);
  const auto measured = subjects();
  for (const auto& figure : published().figures) {
    CHECK_MESSAGE(sources.contains(figure.source), figure.source);
    CHECK_MESSAGE(measured.contains(figure.subject), figure.subject);
    CHECK(figure.cycles > 0);
    CHECK(figure.macs > 0);
    CHECK((figure.by_default || figure.budget() > 0));
  }
  for (const auto& network : published().networks) CHECK_MESSAGE(sources.contains(network.source), network.source);
}

TEST_CASE("a budget is the multipliers, or a third of the DSP blocks") {
  PublishedFigure figure;
  figure.dsps = 209;
  CHECK(figure.budget() == 69);
  figure.multipliers = 16;
  CHECK(figure.budget() == 16);
  CHECK(budgets_of("polybench/gemm_4") == std::vector<std::int64_t>{14, 24, 69});
  CHECK(budgets_of("polybench/mvt_16") == std::vector<std::int64_t>{6, 18});
  CHECK(budgets_of("layers/none").empty());
}
