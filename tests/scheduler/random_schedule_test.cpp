#include "tests/support/random_schedule.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace sluice;
using namespace sluice::test;

TEST_CASE("random schedules are legal and many") {
  int at_least = 0;
  std::size_t different = 0;
  for (unsigned seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    const auto problem = random_problem(seed, {.most_operations = 30});
    const int least = pipelined_sdc_schedule(problem)->ii;
    std::set<std::vector<int>> starts;
    for (unsigned dice = 0; dice < 5; ++dice) {
      const auto overlapping = random_pipelined_schedule(problem, 4, dice);
      CHECK(to_string(verify(problem, overlapping)) == "");
      CHECK(overlapping.ii >= least);
      at_least += overlapping.ii == least;
      const auto sequential = random_sequential_schedule(problem, 4, dice);
      CHECK(to_string(verify(problem, sequential)) == "");
      CHECK(sequential.ii == sequential.length);
      std::vector<int> cycles;
      for (const auto& slot : overlapping.slots) cycles.push_back(slot.cycle);
      starts.insert(cycles);
    }
    different += starts.size();
  }
  CHECK(at_least < 500);
  CHECK(different > 800);
}
