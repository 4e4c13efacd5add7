#include "benchmarks/runner/run.hpp"

int main(int argc, char** argv) { return sluice::bench::run_bench(argc, argv); }
