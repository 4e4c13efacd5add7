#include <fmt/format.h>

#include <algorithm>

#include "benchmarks/results/published.hpp"
#include "benchmarks/suites/operators.hpp"
#include "benchmarks/suites/suite.hpp"

namespace sluice::bench {
namespace {

/// PolyBench's definitions, its alpha and beta; vectors have one dimension, so that a transposed product is one from
/// the left. "#" stands for N.
struct Definition {
  const char* name;
  const char* text;
};

constexpr Definition kDefinitions[]{
    {"gemm",
     "agraph (float[#,#] A, float[#,#] B, float[#,#] C) => (float[#,#] D)"
     " { D = Gemm <alpha = 1.5, beta = 1.2> (A, B, C) }"},
    {"two_mm",
     "agraph (float[#,#] A, float[#,#] B, float[#,#] C, float[#,#] D) => (float[#,#] E)"
     " { T = Gemm <alpha = 1.5> (A, B) E = Gemm <beta = 1.2> (T, C, D) }"},
    {"three_mm",
     "agraph (float[#,#] A, float[#,#] B, float[#,#] C, float[#,#] D) => (float[#,#] G)"
     " { E = MatMul (A, B) F = MatMul (C, D) G = MatMul (E, F) }"},
    {"atax", "agraph (float[#,#] A, float[#] x) => (float[#] y) { t = MatMul (A, x) y = MatMul (t, A) }"},
    {"bicg",
     "agraph (float[#,#] A, float[#] p, float[#] r) => (float[#] q, float[#] s)"
     " { s = MatMul (r, A) q = MatMul (A, p) }"},
    {"mvt",
     "agraph (float[#,#] A, float[#] x1, float[#] x2, float[#] y1, float[#] y2) => (float[#] z1, float[#] z2)"
     " { t1 = MatMul (A, y1) z1 = Add (x1, t1) t2 = MatMul (y2, A) z2 = Add (x2, t2) }"},
    {"gesummv",
     "agraph (float[#,#] A, float[#,#] B, float[#] x) => (float[#] y)"
     " { alpha = Constant <value_float = 1.5> () beta = Constant <value_float = 1.2> ()"
     " t = MatMul (A, x) u = MatMul (B, x) v = Mul (alpha, t) w = Mul (beta, u) y = Add (v, w) }"},
};

onnx::ModelProto instance(const Definition& definition, int n) {
  std::string text;
  for (const char* c = definition.text; *c != '\0'; ++c) text += *c == '#' ? std::to_string(n) : std::string(1, *c);
  return model_of(text);
}

Subject subject(const Definition& definition, int n, std::vector<Configuration> configurations) {
  return {fmt::format("{}_{}", definition.name, n),
          [&definition, n] { return instance(definition, n); },
          {},
          {},
          std::move(configurations),
          {},
          true,
          true};
}

/// Small enough for the fast subset.
std::vector<Configuration> fast_of(const Subject& subject, std::string_view definition, int n) {
  if (n == 8 && definition == "gemm") return with_multipliers({16, 64});
  if (n != 4) return {};
  return definition == "gemm" ? subject.configurations : std::vector<Configuration>{{1, 0}, {2, 16}};
}

}  // namespace

std::vector<Subject> polybench(const SuiteOptions&) {
  std::vector<Subject> subjects;
  for (const auto& definition : kDefinitions) {
    for (const int n : {4, 8, 16}) {
      const auto budgets = budgets_of(fmt::format("polybench/{}_{}", definition.name, n));
      subjects.push_back(subject(definition, n, all_configurations(budgets)));
      subjects.back().fast = fast_of(subjects.back(), definition.name, n);
    }
  }
  // The curve of one kernel by size; the larger ones are too slow for -O0.
  subjects.push_back(subject(kDefinitions[0], 32, all_configurations()));
  subjects.push_back(subject(kDefinitions[0], 64, with_multipliers({1, 16, 64, 256})));
  subjects.push_back(subject(kDefinitions[0], 128, with_multipliers({16, 64, 256})));
  subjects.push_back({"batch_matmul", batch_matmul, {}, {}, all_configurations(), {{0, 0}, {1, 0}, {2, 16}}});
  return subjects;
}

}  // namespace sluice::bench
