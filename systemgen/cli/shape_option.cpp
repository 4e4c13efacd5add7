#include "systemgen/cli/shape_option.hpp"

#include <CLI/CLI.hpp>
#include <charconv>
#include <sstream>

namespace sluice {

std::optional<std::pair<std::string, Shape>> parse_shape(const std::string& text) {
  const auto equals = text.rfind('=');
  if (equals == std::string::npos || equals == 0) return {};
  Shape shape;
  std::istringstream extents(text.substr(equals + 1));
  for (std::string word; std::getline(extents, word, ',');) {
    std::int64_t extent = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), extent);
    if (error != std::errc() || end != word.data() + word.size() || extent < 1) return {};
    shape.push_back(extent);
  }
  return std::pair{text.substr(0, equals), shape};
}

namespace {

std::string check_shape(const std::string& text) {
  return parse_shape(text) ? "" : "'" + text + "' is not NAME=D0,D1,.. with extents of at least 1";
}

}  // namespace

void add_shape_option(CLI::App& app, std::vector<std::string>& shapes) {
  app.add_option("--shape", shapes, "shape of an input whose extents the model leaves open")
      ->type_name("NAME=D0,D1,..")
      ->check(check_shape)
      ->allow_extra_args(false);
}

}  // namespace sluice
