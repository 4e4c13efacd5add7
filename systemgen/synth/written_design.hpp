#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/diag/expected.hpp"

namespace sluice {

/// A design that Sluice has written to a folder, as its report.json names it.
struct WrittenDesign {
  std::filesystem::path folder;
  std::string target;
  double clock_ns = 0;
  std::string top;
  std::vector<std::string> library;    ///< files of the library's modules, in folder/rtl
  std::vector<std::string> generated;  ///< files of the top module and the actors, a module each, in folder/rtl
  std::vector<std::string> memories;   ///< files that $readmemh reads, in folder/rtl

  /// The modules of the generated files.
  [[nodiscard]] std::vector<std::string> modules() const;
};

/// Errors: no such folder, nothing that Sluice wrote, or a run that was stopped before there was hardware.
Expected<WrittenDesign> read_design(const std::filesystem::path& folder);

/// Makes all files of the design available in `place`, under their names.
Diagnostics link_files(const WrittenDesign& design, const std::filesystem::path& place);

}  // namespace sluice
