#pragma once

#include <set>
#include <string>

#include "systemgen/output/output_folder.hpp"

namespace sluice {

/// Writes what a stage or pass left to the output folder's dump/, numbered in the order of time.
class Dumper {
 public:
  /// Writes nothing.
  Dumper() = default;
  /// `stage` is a stage's or a pass's name, or "all"; empty: nothing is written.
  Dumper(std::string stage, OutputFolder& folder) : stage_(std::move(stage)), folder_(&folder) {}

  [[nodiscard]] bool wants(const std::string& stage) const { return stage_ == "all" || stage_ == stage; }

  /// Writes dump/<number>_<stage>[_<part>].<extension>. Stages with several parts share a number.
  void write(const std::string& stage, const std::string& part, const std::string& extension, const std::string& text);
  /// The next stage gets the next number.
  void next() { ++number_; }

  [[nodiscard]] const Diagnostics& errors() const { return errors_; }

 private:
  std::string stage_;
  OutputFolder* folder_ = nullptr;
  int number_ = 0;
  Diagnostics errors_;
};

}  // namespace sluice
