#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What other tools reach, from benchmarks/data/published.json.
namespace sluice::bench {

/// Where figures come from.
struct Source {
  std::string key;
  std::string tool;
  std::string text;  ///< device, clock, arithmetic, how it was counted
};

/// One design of another tool.
struct PublishedFigure {
  std::string source;   ///< key of a Source
  std::string subject;  ///< "polybench/gemm_4"
  std::string variant;
  bool by_default = false;  ///< what the tool makes of the plain loops
  std::int64_t macs = 0;
  std::int64_t cycles = 0;
  std::optional<std::int64_t> multipliers;
  std::optional<std::int64_t> adders;
  std::optional<std::int64_t> luts;
  std::optional<std::int64_t> dsps;
  std::optional<double> area_um2;

  /// Multipliers that a design beside it may have: its own; or as many of float32 as its DSP blocks make, three each.
  [[nodiscard]] std::int64_t budget() const;
};

/// A whole network on another tool.
struct PublishedNetwork {
  std::string source;
  std::string network;
  std::string element;  ///< type of its numbers
  std::optional<std::int64_t> macs;
  std::string multipliers;  ///< or what is known instead
  std::int64_t cycles = 0;
};

struct Published {
  std::vector<Source> sources;
  std::vector<PublishedFigure> figures;
  std::vector<PublishedNetwork> networks;
};

const Published& published();

/// Budgets of all figures of a subject but those of plain loops, ascending, each once.
std::vector<std::int64_t> budgets_of(const std::string& subject);

}  // namespace sluice::bench
