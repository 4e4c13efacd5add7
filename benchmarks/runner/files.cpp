#include "benchmarks/runner/files.hpp"

#include <fmt/format.h>

#include <cstdint>

#include "systemgen/synth/tool.hpp"

namespace sluice::bench {

namespace fs = std::filesystem;

Diagnostics write_whole(const fs::path& path, std::string_view text) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error) return {{path.parent_path().string(), "cannot be made: " + error.message(), ""}};
  fs::path fresh = path;
  fresh += ".new";
  if (auto errors = write_text(fresh, text); !errors.empty()) return errors;
  fs::rename(fresh, path, error);
  if (error) return {{path.string(), "cannot be replaced: " + error.message(), ""}};
  return {};
}

std::string digest(std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return fmt::format("{:016x}", hash);
}

}  // namespace sluice::bench
