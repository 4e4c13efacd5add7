#include <algorithm>
#include <array>

#include "benchmarks/suites/suite.hpp"

namespace sluice::bench {

std::span<const Suite> suites() {
  static constexpr std::array kSuites{
      Suite{"layers", "single operators of LeNet, ResNet and MobileNet", layers},
      Suite{"kernels", "single operators that other tools were measured on", kernels},
      Suite{"polybench", "linear algebra of PolyBench as ONNX graphs", polybench},
      Suite{"chains", "chains of convolutions of growing length; compiled only", chains},
      Suite{"standard_cells", "what was published for an ASIC library; asap7 at 1 ns", standard_cells},
      Suite{"models", "every model in the folder --models", models},
  };
  return kSuites;
}

const Suite* find_suite(std::string_view name) {
  const auto all = suites();
  const auto found = std::ranges::find(all, name, &Suite::name);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace sluice::bench
