#include "benchmarks/results/results_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "benchmarks/suites/suite.hpp"

namespace sluice::bench {

const Result* Results::find(const std::string& subject, const std::string& configuration) const {
  const auto found = std::ranges::find_if(
      results_, [&](const Result& result) { return result.figures && result.name() == subject + "/" + configuration; });
  return found == results_.end() ? nullptr : &*found;
}

std::vector<std::string> Results::subjects(const std::string& suite) const {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    const bool known = std::ranges::find(names, name) != names.end();
    const bool measured = std::ranges::any_of(
        results_, [&](const Result& result) { return result.suite + "/" + result.subject == name && result.figures; });
    if (!known && measured) names.push_back(name);
  };
  if (const Suite* found = find_suite(suite)) {
    for (const auto& subject : found->subjects({})) add(suite + "/" + subject.name);
  }
  for (const auto& result : results_) {
    if (result.suite == suite) add(suite + "/" + result.subject);
  }
  return names;
}

std::string short_name(const std::string& subject) { return subject.substr(subject.find('/') + 1); }

std::string number_text(std::int64_t number) {
  std::string text = std::to_string(number);
  for (auto place = static_cast<std::ptrdiff_t>(text.size()) - 3; place > (number < 0 ? 1 : 0); place -= 3) {
    text.insert(static_cast<std::size_t>(place), ",");
  }
  return text;
}

std::string number_text(const std::optional<std::int64_t>& number) { return number ? number_text(*number) : "-"; }

std::string efficiency_text(const Figures& figures) {
  const auto efficiency = figures.efficiency();
  return efficiency ? fmt::format("{:.3f}", *efficiency) : "-";
}

std::string speedup_text(std::int64_t theirs, std::int64_t ours) {
  const double factor = static_cast<double>(theirs) / static_cast<double>(std::max<std::int64_t>(1, ours));
  return factor < 100 ? fmt::format("{:.2f}x", factor) : fmt::format("{:.0f}x", factor);
}

std::string cells_text(const Result& result, const std::string& name) {
  if (!result.cells) return "-";
  const auto found = result.cells->counts.find(name);
  return found == result.cells->counts.end() ? "-" : number_text(static_cast<std::int64_t>(found->second));
}

std::string doubt_text(const Result& result) {
  return result.outcome == Outcome::verified ? "" : " (" + to_string(result.outcome) + ")";
}

}  // namespace sluice::bench
