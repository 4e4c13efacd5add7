#pragma once

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "rtlgen/units/units.hpp"

/// A folder of its own for one test, removed at its end.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "sluice-units-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  void write(std::string_view name, std::string_view text) const { std::ofstream(path_ / name) << text; }

  /// Writes the files of all hardware units.
  void write_units() const {
    for (const auto& file : sluice::unit_verilog()) write(file.name, file.text);
  }

  struct Outcome {
    int status = 0;
    std::string output;  ///< standard output and error
  };

  /// Runs a shell command inside the folder.
  [[nodiscard]] Outcome run(const std::string& command) const {
    Outcome outcome;
    FILE* pipe = popen(("cd '" + path_.string() + "' && { " + command + "; } 2>&1").c_str(), "r");
    std::array<char, 4096> buffer{};
    while (std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe))
      outcome.output.append(buffer.data(), size);
    outcome.status = pclose(pipe);
    return outcome;
  }

 private:
  std::filesystem::path path_;
};
