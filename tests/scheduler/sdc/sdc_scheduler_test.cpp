#include "scheduler/sdc/sdc_scheduler.hpp"

#include <doctest/doctest.h>

#include "scheduler/bounds.hpp"
#include "scheduler/list_scheduler.hpp"
#include "scheduler/minimum_interval.hpp"
#include "scheduler/register_bits.hpp"
#include "tests/support/random_problem.hpp"

using namespace sluice;
using namespace sluice::test;

TEST_CASE("SDC schedules of random problems are legal and no longer than list schedules") {
  for (unsigned seed = 0; seed < 1000; ++seed) {
    CAPTURE(seed);
    const auto problem = random_problem(seed);
    const auto schedule = sdc_schedule(problem, {});
    REQUIRE(schedule);
    CHECK(to_string(verify(problem, *schedule)) == "");
    CHECK(schedule->ii == schedule->length);
    CHECK(schedule->length <= list_schedule(problem, {})->length);
    CHECK(schedule->length >= find_bounds(problem).length);
  }
}

TEST_CASE("pipelined SDC schedules are legal and mostly at the minimum interval") {
  int at_minimum = 0;
  int shorter_than_list = 0;
  int longer_than_list = 0;
  for (unsigned seed = 0; seed < 500; ++seed) {
    CAPTURE(seed);
    const auto problem = random_problem(seed);
    const auto schedule = pipelined_sdc_schedule(problem);
    REQUIRE(schedule);
    CHECK(to_string(verify(problem, *schedule)) == "");
    const int least = minimum_interval(problem).cycles();
    CHECK(schedule->ii >= least);
    const auto listed = pipelined_list_schedule(problem);
    CHECK(schedule->ii <= listed->ii);
    if (schedule->ii == least) ++at_minimum;
    if (schedule->ii == listed->ii && schedule->length < listed->length) ++shorter_than_list;
    if (schedule->ii == listed->ii && schedule->length > listed->length) ++longer_than_list;
  }
  MESSAGE(at_minimum, " at the minimum, ", shorter_than_list, " shorter, ", longer_than_list, " longer than list");
  CHECK(at_minimum > 400);
}
