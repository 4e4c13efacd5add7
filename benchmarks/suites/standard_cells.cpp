#include "benchmarks/suites/operators.hpp"
#include "benchmarks/suites/suite.hpp"

namespace sluice::bench {

/// Their area needs --synth, and a Liberty file in $SLUICE_LIBERTY.
std::vector<Subject> standard_cells(const SuiteOptions&) {
  Subject subject{"batch_matmul", batch_matmul, {}, {}, {{0, 0}, {1, 0}, {2, 16}}};
  subject.staged = true;
  subject.target = "asap7";
  subject.clock_ns = 1;
  return {subject};
}

}  // namespace sluice::bench
