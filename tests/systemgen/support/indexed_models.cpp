#include "tests/systemgen/support/indexed_models.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace sluice::test {
namespace {

/// The cells of a line "| a | b |", without the spaces around them.
std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> result;
  std::istringstream stream(line);
  std::string cell;
  std::getline(stream, cell, '|');
  while (std::getline(stream, cell, '|')) {
    const auto first = cell.find_first_not_of(' ');
    result.push_back(first == cell.npos ? "" : cell.substr(first, cell.find_last_not_of(' ') - first + 1));
  }
  return result;
}

bool has_word(const std::string& text, const std::string& word) {
  std::istringstream words(text);
  return std::any_of(std::istream_iterator<std::string>(words), {}, [&](const auto& each) { return each == word; });
}

/// The number in "1,048,576".
std::int64_t number(std::string text) {
  std::erase(text, ',');
  return std::stoll(text);
}

}  // namespace

std::vector<IndexedModel> models_tagged(const std::string& tag) {
  constexpr std::size_t kName = 0, kTags = 1, kMacs = 4;  // columns
  const auto folder = models_folder();
  if (!folder) {
    MESSAGE("skipped: set SLUICE_MODELS to the folder of models");
    return {};
  }
  std::vector<IndexedModel> models;
  std::ifstream index(*folder / "INDEX.md");
  for (std::string line; std::getline(index, line);) {
    const auto row = cells(line);
    if (row.size() <= kMacs || !has_word(row[kTags], tag)) continue;
    models.push_back({golden_model(*folder / row[kName]), number(row[kMacs])});
  }
  CHECK(!models.empty());
  return models;
}

}  // namespace sluice::test
