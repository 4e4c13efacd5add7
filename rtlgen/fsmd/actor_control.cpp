#include "rtlgen/fsmd/actor_builder.hpp"
#include "rtlgen/fsmd/control.hpp"

namespace sluice {

void ActorBuilder::drive_states() {
  std::vector<Expr> finishes;
  for (std::size_t n = 0; n < fsmd_.nests.size(); ++n) {
    const int last = fsmd_.nests[n].length - 1;
    const Expr finish = active({n, last}) & steps_[n].all_last(first_own_loop(), last);
    finishes.push_back(m_.add_wire(prefix(n) + "finish", finish));
  }
  const Expr frame_end =
      fsmd_.nests.size() == 1 ? Expr::constant(1, 1) : steps_.back().all_last(0, fsmd_.nests.back().length - 1);
  m_.assign(done_, frame_end.is_constant(1) ? finishes.back() : finishes.back() & frame_end);
  for (std::size_t n = 0; n < fsmd_.nests.size(); ++n) {
    Expr begin = n == 0 ? start_ : finishes[n - 1];
    if (n == 0 && !frame_end.is_constant(1)) begin = begin | (finishes.back() & ~frame_end);
    drive_state(n, begin, finishes[n]);
  }
}

std::size_t ActorBuilder::first_own_loop() const { return fsmd_.nests.size() == 1 ? 0 : fsmd_.token_loops; }

void ActorBuilder::drive_state(std::size_t n, Expr begin, const Expr& finish) {
  const auto& nest = fsmd_.nests[n];
  const Expr end = steps_[n].all_last(first_own_loop(), nest.ii - 1);
  if (!end.is_constant(1)) begin = begin | (active({n, nest.ii - 1}) & ~end);
  const int count = states_[n].width();
  std::vector<Expr> parts;
  // What moves on after the last operation of an iteration stops with the nest, before another uses the registers.
  for (int t = count - 1; t >= nest.length; --t) parts.push_back(active({n, t - 1}) & ~finish);
  if (nest.length > 1) parts.push_back(states_[n].slice(0, nest.length - 1));
  parts.push_back(begin);
  m_.drive(states_[n], concat(parts));
}

}  // namespace sluice
