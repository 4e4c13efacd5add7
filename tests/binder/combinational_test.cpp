#include "binder/combinational.hpp"

#include <doctest/doctest.h>

#include "tests/binder/support/first_fit.hpp"
#include "tests/binder/support/random_body.hpp"

using namespace sluice;
using namespace sluice::test;

TEST_CASE("shared combinational units never feed one another in a circle") {
  const Target target = *Target::load("generic");
  int circles = 0;
  int added = 0;
  for (unsigned seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    const Kernel kernel = random_bodies(seed);
    const auto nests = list_scheduled(kernel, target, {.clock_ns = 20, .default_limit = 1});
    Binding binding = first_fit(kernel, nests);
    const bool circle = !find_combinational_cycle(kernel, nests, binding).empty();
    const std::string verdict = to_string(verify(kernel, nests, binding));
    CHECK((verdict.find("a combinational circle: ") != std::string::npos) == circle);
    circles += circle ? 1 : 0;
    const std::size_t before = binding.units.size();
    const int more = break_combinational_cycles(kernel, nests, binding);
    added += more;
    CHECK((more > 0) == circle);
    CHECK(binding.units.size() == before + static_cast<std::size_t>(more));
    CHECK(to_string(verify(kernel, nests, binding)) == "");
    CHECK(to_string(verify(kernel, nests, bind(kernel, nests, target, {.clock_ns = 20}))) == "");
  }
  MESSAGE(circles, " bodies of 200 had circles, which took ", added, " units more");
  CHECK(circles > 10);
  CHECK(added < 4 * circles);
}
