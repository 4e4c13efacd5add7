#include "scheduler/problem.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/graph/order.hpp"
#include "scheduler/dependence_graph.hpp"

namespace sluice {
namespace {

void check_class(const SchedulingProblem& problem, const UnitClass& unit, Diagnostics& diagnostics) {
  const std::string where = problem.name + ", class " + unit.name;
  const auto check = [&](const char* what, int value, int least) {
    if (value < least) diagnostics.push_back({where, fmt::format("{} is {}, below {}", what, value, least), ""});
  };
  check("latency", unit.latency, 0);
  check("occupancy", unit.occupancy, 1);
  check("limit", unit.limit, 0);
  check("in_ps", unit.in_ps, 0);
  check("out_ps", unit.out_ps, 0);
  if (unit.latency == 0 && unit.out_ps != 0) {
    diagnostics.push_back({where, fmt::format("out_ps is {} without a register to count from", unit.out_ps), ""});
  }
  if (unit.held && unit.latency != 0) {
    diagnostics.push_back({where, fmt::format("held, with a latency of {}", unit.latency), ""});
  }
}

void check_dependence(const SchedulingProblem& problem, const Dependence& dependence, Diagnostics& diagnostics) {
  const std::string where =
      operation_name(problem, dependence.from) + " -> " + problem.operations[dependence.to.index()].name;
  const auto say = [&](std::string what) { diagnostics.push_back({where, std::move(what), ""}); };
  if (dependence.latency < 0) say(fmt::format("latency is {}, below 0", dependence.latency));
  if (dependence.distance < 0) say(fmt::format("distance is {}, below 0", dependence.distance));
  const int latency = problem.class_of(dependence.from).latency;
  if (dependence.data && dependence.latency != latency) {
    say(fmt::format("carries data with latency {}, but its source has {}", dependence.latency, latency));
  }
  if (dependence.data && problem.class_of(dependence.to).held) say("carries data to an operation whose result is held");
}

void check_cycles(const SchedulingProblem& problem, Diagnostics& diagnostics) {
  Topology now(problem.operations.size());
  for (const auto& dependence : problem.dependences) {
    if (dependence.distance == 0) now.add_edge(dependence.from.index(), dependence.to.index());
  }
  std::vector<std::string> names;
  for (const auto vertex : find_cycle(now)) names.push_back(problem.operations[vertex].name);
  if (names.empty()) return;
  diagnostics.push_back({problem.name,
                         fmt::format("a cycle of dependences without distance: {}", fmt::join(names, " -> ")),
                         "one of them must reach a later iteration"});
}

}  // namespace

std::string operation_name(const SchedulingProblem& problem, OperationId id) {
  return problem.name + ", " + problem.operations.at(id.index()).name;
}

Diagnostics verify(const SchedulingProblem& problem) {
  Diagnostics diagnostics;
  if (problem.period_ps < 1) {
    diagnostics.push_back({problem.name, fmt::format("period is {} ps, below 1", problem.period_ps), ""});
  }
  for (const auto& unit : problem.classes) check_class(problem, unit, diagnostics);
  const auto known = [](auto id, std::size_t count) { return id.valid() && id.index() < count; };
  bool ids_are_known = true;
  for (const auto& operation : problem.operations) {
    if (operation.width < 0) {
      diagnostics.push_back(
          {problem.name + ", " + operation.name, fmt::format("width is {}, below 0", operation.width), ""});
    }
    if (known(operation.unit_class, problem.classes.size())) continue;
    ids_are_known = false;
    diagnostics.push_back({problem.name + ", " + operation.name, "its class is not there", ""});
  }
  for (std::size_t i = 0; i < problem.dependences.size(); ++i) {
    const auto& dependence = problem.dependences[i];
    const std::size_t count = problem.operations.size();
    if (known(dependence.from, count) && known(dependence.to, count)) continue;
    ids_are_known = false;
    diagnostics.push_back({problem.name, fmt::format("dependence {} has an end that is not there", i), ""});
  }
  if (!ids_are_known) return diagnostics;
  for (const auto& dependence : problem.dependences) check_dependence(problem, dependence, diagnostics);
  check_cycles(problem, diagnostics);
  return diagnostics;
}

}  // namespace sluice
