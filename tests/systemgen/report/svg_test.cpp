#include "systemgen/report/svg.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <regex>

using namespace sluice;

namespace {

/// Centres of the dots, in the order of the text.
std::vector<std::pair<double, double>> dots(const std::string& svg) {
  const std::regex circle("<circle cx=\"([0-9.-]+)\" cy=\"([0-9.-]+)\"");
  std::vector<std::pair<double, double>> found;
  for (std::sregex_iterator it(svg.begin(), svg.end(), circle); it != std::sregex_iterator(); ++it) {
    found.emplace_back(std::stod((*it)[1]), std::stod((*it)[2]));
  }
  return found;
}

}  // namespace

TEST_CASE("a linear axis begins at zero and keeps proportions") {
  const auto points = dots(svg_text({"t", {"x"}, {"y"}, {{"a", {{0, 0}, {5, 5}, {10, 10}}}}}));
  REQUIRE(points.size() == 3);
  CHECK(points[1].first - points[0].first == doctest::Approx(points[2].first - points[1].first));
  CHECK(points[0].second > points[1].second);
  CHECK(points[0].second - points[1].second == doctest::Approx(points[1].second - points[2].second));
}

TEST_CASE("equal factors are equal distances on a logarithmic axis") {
  const Plot plot{"t", {"x", Scale::logarithmic}, {"y", Scale::logarithmic}, {{"a", {{1, 2}, {4, 8}, {16, 32}}}}};
  const auto points = dots(svg_text(plot));
  REQUIRE(points.size() == 3);
  CHECK(points[1].first - points[0].first == doctest::Approx(points[2].first - points[1].first).epsilon(0.01));
  CHECK(points[0].second - points[1].second == doctest::Approx(points[1].second - points[2].second).epsilon(0.01));
}

TEST_CASE("points stay inside the axes whatever their size") {
  for (const double size : {1e-9, 0.3, 1.0, 7.0, 99.0, 1e12}) {
    for (const auto scale : {Scale::linear, Scale::logarithmic}) {
      const Plot plot{"t", {"x", scale}, {"y", scale}, {{"a", {{size / 3, size}, {size, size / 7}}}}};
      for (const auto& [x, y] : dots(svg_text(plot))) {
        CHECK(x >= 70);
        CHECK(x <= 550);
        CHECK(y >= 36);
        CHECK(y <= 336);
      }
    }
  }
}

TEST_CASE("what cannot be drawn is left out") {
  const double none = std::numeric_limits<double>::quiet_NaN();
  const Plot plot{"t", {"x", Scale::logarithmic}, {"y"}, {{"a", {{0, 1}, {-1, 1}, {none, 1}, {1, none}, {1, 1}}}, {}}};
  CHECK(dots(svg_text(plot)).size() == 1);
  CHECK(dots(svg_text({})).empty());
  CHECK(svg_text(plot).find("nan") == std::string::npos);
}

TEST_CASE("texts are escaped") {
  const std::string svg = svg_text({"a < b & \"c\"", {"x"}, {"y"}, {{"<s>", {{1, 1}}}}});
  CHECK(svg.find("a &lt; b &amp; &quot;c&quot;") != std::string::npos);
  CHECK(svg.find("<s>") == std::string::npos);
}
