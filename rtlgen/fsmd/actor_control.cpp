#include <fmt/format.h>

#include <algorithm>

#include "rtlgen/fsmd/actor_builder.hpp"
#include "rtlgen/fsmd/control.hpp"
#include "rtlgen/fsmd/last_access.hpp"

namespace sluice {

void ActorBuilder::drive_states() {
  std::vector<Expr> finishes;  // the firing's last operation of each nest is in this cycle
  for (std::size_t n = 0; n < fsmd_.nests.size(); ++n) {
    const int last = fsmd_.nests[n].length - 1;
    finishes.push_back(
        m_.add_wire(prefix(n) + "finish", active({n, last}) & steps_[n].all_last(fsmd_.token_loops, last)));
  }
  const Expr frame_end = steps_.back().all_last(0, fsmd_.nests.back().length - 1);
  m_.assign(done_, active({fsmd_.nests.size() - 1, fsmd_.nests.back().length - 1}) & frame_end);
  const int issue = fsmd_.nests[0].ii - 1;
  drive_fire(fsmd_.drains ? finishes.back() : active({0, issue}) & steps_[0].all_last(fsmd_.token_loops, issue));
  for (std::size_t n = 0; n < fsmd_.nests.size(); ++n) {
    drive_state(n, n == 0 ? fire_ : finishes[n - 1], finishes[n]);
  }
}

void ActorBuilder::drive_fire(const Expr& issued) {
  const Expr waiting = m_.add_register("waiting_q", 1, 1, "for go_i");
  const Expr free = m_.add_wire("free", waiting | issued);
  m_.drive(waiting, free & ~go_);
  m_.assign(fire_, free & go_);
}

void ActorBuilder::drive_state(std::size_t n, Expr begin, const Expr& finish) {
  const auto& nest = fsmd_.nests[n];
  const Expr end = steps_[n].all_last(fsmd_.token_loops, nest.ii - 1);
  if (!end.is_constant(1)) begin = begin | (active({n, nest.ii - 1}) & ~end);
  const int count = states_[n].width();
  std::vector<Expr> parts;
  // What moves on after the last operation of an iteration stops with the nest, before another uses the registers.
  for (int t = count - 1; t >= nest.length; --t) {
    const Expr before = active({n, t - 1});
    parts.push_back(fsmd_.drains ? before & ~finish : before);
  }
  if (nest.length > 1) parts.push_back(states_[n].slice(0, nest.length - 1));
  parts.push_back(begin);
  m_.drive(states_[n], concat(parts));
}

void ActorBuilder::add_pulses() {
  for (const auto role : {ArrayRole::input, ArrayRole::output}) {
    for (const auto& array : kernel_.arrays) {
      const auto is_there = [&](const AccessPulse& p) { return p.role == role && p.tensor == array.tensor; };
      if (array.role == role && std::ranges::none_of(actor_.pulses, is_there)) add_pulse(array.tensor, role);
    }
  }
}

void ActorBuilder::add_pulse(const std::string& tensor, ArrayRole role) {
  const LastAccess last = last_access(kernel_, fsmd_, tensor, role);
  const State state{last.state.nest, std::max(last.state.cycle - 1, 0)};  // a cycle before it, if there is one
  AccessPulse pulse{tensor, role, "", pulse_delay(last)};
  const std::string name = verilog_identifier(tensor) + (role == ArrayRole::input ? "_read" : "_written");
  const Expr signal = m_.add_output(name + "_o", 1);
  m_.assign(signal, active(state) & steps_[state.nest].all_last(fsmd_.token_loops, state.cycle));
  pulse.signal = signal.name();
  actor_.pulses.push_back(std::move(pulse));
}

}  // namespace sluice
