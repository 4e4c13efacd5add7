#pragma once

#include <optional>
#include <vector>

#include "binder/demands.hpp"
#include "binder/occupancy.hpp"

namespace sluice {

/// Puts what one nest demands into places, so that the multiplexers of the wiring grow least.
///
/// The demands of a group get their places together, by an assignment of least cost (Huang, Chen, Lin, Hsu, "Data path
/// allocation based on bipartite weighted matching", DAC 1990; there for one cycle step after another, here modulo ii).
/// All other items count with the wires that they have at that moment. Of large groups only promising places are
/// looked at, which keeps the time nearly linear.
class NestPlacement {
 public:
  NestPlacement(Wiring& wiring, int ii) : wiring_(wiring), ii_(ii) {}

  /// Notes the places that a group has.
  void occupy(const DemandGroup& group);
  /// Gives each demand of the group a place; adds places to the pool if there are too few.
  void place(const DemandGroup& group);
  /// Gives the group's items other places, or turns them round, if that does not cost more.
  void improve(const DemandGroup& group);

 private:
  using Choice = std::vector<std::optional<Position>>;  // for each demand of a group

  Occupancy& occupancy(PlaceId place);
  void put(const DemandGroup& group, const Demand& demand, Position position);
  void take(const DemandGroup& group, const Demand& demand);
  [[nodiscard]] Choice choose(const DemandGroup& group);
  [[nodiscard]] std::optional<Position> choose_alone(const DemandGroup& group, const Demand& demand);
  void place_one_by_one(const DemandGroup& group);

  Wiring& wiring_;
  int ii_;
  std::vector<Occupancy> occupancies_;  // by place
};

}  // namespace sluice
