#include <nlohmann/json.hpp>

#include "scheduler/json_reader.hpp"
#include "scheduler/schedule.hpp"

namespace sluice {

nlohmann::json to_json(const Schedule& schedule) {
  nlohmann::json json{{"ii", schedule.ii}, {"length", schedule.length}, {"slots", nlohmann::json::array()}};
  for (const auto& slot : schedule.slots) json["slots"].push_back({{"cycle", slot.cycle}, {"phase_ps", slot.phase_ps}});
  return json;
}

Expected<Schedule> schedule_from_json(const nlohmann::json& json) {
  Diagnostics errors;
  JsonReader reader(json, "", errors);
  Schedule schedule;
  schedule.ii = reader.integer("ii");
  schedule.length = reader.integer("length");
  reader.each("slots", [&](JsonReader& slot) {
    schedule.slots.push_back({slot.integer("cycle"), slot.integer_or("phase_ps", 0)});
  });
  if (!errors.empty()) return errors;
  return schedule;
}

}  // namespace sluice
