#include <nlohmann/json.hpp>

#include "scheduler/json_reader.hpp"
#include "scheduler/problem.hpp"

namespace sluice {
namespace {

using Json = nlohmann::json;

Json class_to_json(const UnitClass& unit) {
  Json json{{"name", unit.name},   {"latency", unit.latency}, {"occupancy", unit.occupancy},
            {"limit", unit.limit}, {"in_ps", unit.in_ps},     {"out_ps", unit.out_ps}};
  if (unit.held) json["held"] = true;
  return json;
}

/// What is not given is the simplest unit's.
UnitClass read_class(JsonReader& reader) {
  UnitClass unit;
  unit.name = reader.text("name");
  unit.latency = reader.integer_or("latency", unit.latency);
  unit.occupancy = reader.integer_or("occupancy", unit.occupancy);
  unit.limit = reader.integer_or("limit", unit.limit);
  unit.in_ps = reader.integer_or("in_ps", unit.in_ps);
  unit.out_ps = reader.integer_or("out_ps", unit.out_ps);
  unit.held = reader.boolean_or("held", unit.held);
  return unit;
}

/// An index; a negative one is an id that points nowhere.
template <typename IdType>
IdType read_id(JsonReader& reader, const char* key) {
  const int index = reader.integer(key);
  return index < 0 ? IdType{} : IdType(static_cast<std::size_t>(index));
}

/// Of a dependence that carries data, latency may be left out: it is its source's.
Dependence read_dependence(JsonReader& reader, const SchedulingProblem& problem) {
  Dependence dependence;
  dependence.from = read_id<OperationId>(reader, "from");
  dependence.to = read_id<OperationId>(reader, "to");
  dependence.data = reader.boolean_or("data", true);
  dependence.distance = reader.integer_or("distance", 0);
  if (dependence.data && !reader.has("latency")) {
    const auto from = dependence.from.index();
    const bool known =
        from < problem.operations.size() && problem.operations[from].unit_class.index() < problem.classes.size();
    dependence.latency = known ? problem.class_of(dependence.from).latency : 0;
  } else {
    dependence.latency = reader.integer("latency");
  }
  return dependence;
}

}  // namespace

Json to_json(const SchedulingProblem& problem) {
  Json json{{"name", problem.name}, {"period_ps", problem.period_ps}};
  json["classes"] = Json::array();
  for (const auto& unit : problem.classes) json["classes"].push_back(class_to_json(unit));
  json["operations"] = Json::array();
  for (const auto& operation : problem.operations) {
    json["operations"].push_back({{"name", operation.name}, {"class", operation.unit_class.value}});
    if (operation.width != 0) json["operations"].back()["width"] = operation.width;
  }
  json["dependences"] = Json::array();
  for (const auto& dependence : problem.dependences) {
    json["dependences"].push_back({{"from", dependence.from.value},
                                   {"to", dependence.to.value},
                                   {"latency", dependence.latency},
                                   {"distance", dependence.distance},
                                   {"data", dependence.data}});
  }
  return json;
}

Expected<SchedulingProblem> problem_from_json(const Json& json) {
  Diagnostics errors;
  JsonReader reader(json, "", errors);
  SchedulingProblem problem;
  problem.name = reader.text("name");
  problem.period_ps = reader.integer("period_ps");
  reader.each("classes", [&](JsonReader& item) { problem.classes.push_back(read_class(item)); });
  reader.each("operations", [&](JsonReader& item) {
    problem.operations.push_back({item.text("name"), read_id<ClassId>(item, "class"), item.integer_or("width", 0)});
  });
  reader.each("dependences", [&](JsonReader& item) { problem.dependences.push_back(read_dependence(item, problem)); });
  if (!errors.empty()) return errors;
  return problem;
}

}  // namespace sluice
