#include "systemgen/cli/system_option.hpp"

#include <CLI/CLI.hpp>
#include <map>
#include <string>

namespace sluice {

void add_system_option(CLI::App& app, ActorOrder& order) {
  static const std::map<std::string, ActorOrder> orders{
      {"dataflow", ActorOrder::dataflow}, {"sequential", ActorOrder::sequential}, {"staged", ActorOrder::staged}};
  app.add_option_function<std::string>(
         "--system", [&order](const std::string& name) { order = orders.at(name); },
         "accelerators all at once as their rows come, one after another, or stage by stage")
      ->check(CLI::IsMember(orders))
      ->type_name("dataflow|sequential|staged")
      ->default_str("dataflow");
}

}  // namespace sluice
