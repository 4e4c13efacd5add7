#pragma once

#include <string>

#include "systemgen/control/channel_buffer.hpp"
#include "systemgen/control/system_rtl.hpp"
#include "systemgen/network/stream_view.hpp"

namespace sluice {

/// The nets of a buffer's port that say where it is accessed.
struct AccessNets {
  Expr enable;
  Expr address;
};

/// A stream port's side of a buffer, through which it walks beat by beat. Banks that have a beat together are a group.
class PortBeats {
 public:
  /// `seen`: the buffer as the port sees it.
  PortBeats(const StreamPort& port, const Channel& channel, const BufferShape& seen);

  [[nodiscard]] const StreamView& view() const { return view_; }
  [[nodiscard]] const BufferShape& groups() const { return groups_; }
  /// One group, with addresses from 0 on.
  [[nodiscard]] bool is_straight() const;
  /// Whether elements lie in a group in the order in which a beat has them.
  [[nodiscard]] bool is_in_order() const;

  /// The elements of a beat, a net, of `from` bits each, as they lie in a group, of `to` bits each.
  [[nodiscard]] Expr to_group(const Expr& beat, int from, int to) const;
  /// The elements that a group has, a net, as they are in a beat.
  [[nodiscard]] Expr to_beat(const Expr& group, int from, int to) const;

  /// Nets for the groups, which drive those of the banks. `name` is a prefix.
  AccessNets add_access(Module& top, const std::string& name, const AccessNets& banks) const;
  /// A net for the data of all groups, which drives that of the banks.
  Expr add_data(Module& top, const std::string& name, const Expr& banks) const;
  /// The data of all groups from that of all banks, a net.
  [[nodiscard]] Expr data_of_groups(const Expr& banks) const;

 private:
  /// Whether the banks of every group lie one after another, group after group.
  [[nodiscard]] bool are_neighbours() const;
  /// For every bank what its group has: `width` bits, in which part k begins k times `step` bits on.
  [[nodiscard]] Expr of_banks(const Expr& groups, int width, int step) const;

  StreamView view_;
  BufferShape groups_;
};

}  // namespace sluice
