#include "systemgen/control/port_beats.hpp"

#include <algorithm>

#include "systemgen/control/bank_walk.hpp"

namespace sluice {
namespace {

/// A boolean travels in a byte, and any but 0 is true.
Expr element_as(const Expr& element, int bits) {
  if (element.width() == bits) return element;
  return bits == 1 ? reduce_or(element) : element.resized(bits);
}

}  // namespace

PortBeats::PortBeats(const StreamPort& port, const Channel& channel, const BufferShape& seen)
    : view_(*stream_view(channel.banking, channel.rows, port.order, port.elements_per_beat)),
      groups_{seen.banks / view_.together(), seen.words, seen.word_bits * static_cast<int>(view_.together())} {}

bool PortBeats::is_straight() const { return view_.together() == 1 && walks_straight(view_, groups_); }

bool PortBeats::is_in_order() const { return std::ranges::is_sorted(view_.places); }

Expr PortBeats::to_group(const Expr& beat, int from, int to) const {
  if (from == to && is_in_order()) return beat;
  std::vector<Expr> parts(view_.places.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto place = static_cast<std::size_t>(view_.places[i]);
    parts[parts.size() - 1 - place] = element_as(beat.slice(static_cast<int>(i) * from, from), to);
  }
  return concat(parts);
}

Expr PortBeats::to_beat(const Expr& group, int from, int to) const {
  if (from == to && is_in_order()) return group;
  std::vector<Expr> parts;
  for (auto place = view_.places.rbegin(); place != view_.places.rend(); ++place)
    parts.push_back(element_as(group.slice(static_cast<int>(*place) * from, from), to));
  return concat(parts);
}

bool PortBeats::are_neighbours() const {
  for (std::int64_t group = 0; group < groups_.banks; ++group) {
    for (std::int64_t part = 0; part < view_.together(); ++part) {
      if (view_.bank(group, part) != group * view_.together() + part) return false;
    }
  }
  return true;
}

Expr PortBeats::of_banks(const Expr& groups, int width, int step) const {
  std::vector<Expr> banks(static_cast<std::size_t>(groups_.banks * view_.together()));
  const int group_bits = groups.width() / static_cast<int>(groups_.banks);
  for (std::int64_t group = 0; group < groups_.banks; ++group) {
    for (std::int64_t part = 0; part < view_.together(); ++part) {
      const int low = static_cast<int>(group) * group_bits + static_cast<int>(part) * step;
      banks[banks.size() - 1 - static_cast<std::size_t>(view_.bank(group, part))] = groups.slice(low, width);
    }
  }
  return concat(banks);
}

AccessNets PortBeats::add_access(Module& top, const std::string& name, const AccessNets& banks) const {
  if (view_.together() == 1) return banks;
  const int bits = groups_.address_bits();
  const int count = static_cast<int>(groups_.banks);
  AccessNets nets{top.add_wire(name + "_group_enable", count), top.add_wire(name + "_group_address", count * bits)};
  top.assign(banks.enable, of_banks(nets.enable, 1, 0));
  top.assign(banks.address, of_banks(nets.address, bits, 0));
  return nets;
}

Expr PortBeats::add_data(Module& top, const std::string& name, const Expr& banks) const {
  if (are_neighbours()) return banks;
  const Expr groups = top.add_wire(name + "_group_data", banks.width());
  const int part = groups_.word_bits / static_cast<int>(view_.together());
  top.assign(banks, of_banks(groups, part, part));
  return groups;
}

Expr PortBeats::data_of_groups(const Expr& banks) const {
  if (are_neighbours()) return banks;
  const int width = groups_.word_bits / static_cast<int>(view_.together());
  std::vector<Expr> parts;
  for (auto group = groups_.banks; group-- > 0;) {
    for (auto part = view_.together(); part-- > 0;)
      parts.push_back(banks.slice(static_cast<int>(view_.bank(group, part)) * width, width));
  }
  return concat(parts);
}

}  // namespace sluice
