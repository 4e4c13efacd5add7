#include <fmt/format.h>

#include <map>

#include "rtlgen/fsmd/fsmd.hpp"

namespace sluice {
namespace {

class FsmdVerifier {
 public:
  explicit FsmdVerifier(const Fsmd& fsmd) : fsmd_(fsmd) {}

  Diagnostics run() {
    for (const auto& unit : fsmd_.units) {
      for (std::size_t i = 0; i < unit.inputs.size(); ++i) check_transfers(fmt::format("{}, input {}", unit.bound.name, i), unit.inputs[i]);
    }
    for (const auto& reg : fsmd_.registers) check_transfers(reg.bound.name, reg.writes);
    for (std::size_t i = 0; i < fsmd_.arrays.size(); ++i) {
      if (fsmd_.arrays[i].storage != ArrayStorage::word)
        check_port(fmt::format("read port of array {}", i), fsmd_.arrays[i].reads);
      check_port(fmt::format("write port of array {}", i), fsmd_.arrays[i].writes);
    }
    for (const auto& wire : fsmd_.wires) {
      for (const auto& operand : wire.operands) check_source(wire.name, operand);
    }
    for (const auto& guard : fsmd_.guards) {
      for (const auto& test : guard.tests) check_source(guard.name, {Source::Kind::tracker, test.tracker, 0});
    }
    return std::move(diagnostics_);
  }

 private:
  void say(const std::string& where, std::string what) {
    diagnostics_.push_back({fmt::format("{}, {}", fsmd_.name, where), std::move(what), ""});
  }

  void check_source(const std::string& where, const Source& source) {
    std::size_t count = 0;
    switch (source.kind) {
      case Source::Kind::constant: return;
      case Source::Kind::reg: count = fsmd_.registers.size(); break;
      case Source::Kind::unit: count = fsmd_.units.size(); break;
      case Source::Kind::read: count = fsmd_.arrays.size(); break;
      case Source::Kind::wire: count = fsmd_.wires.size(); break;
      case Source::Kind::tracker: count = fsmd_.trackers.size(); break;
      case Source::Kind::guard: count = fsmd_.guards.size(); break;
    }
    if (source.index >= count) say(where, "a source that is not there");
  }

  bool check_state(const std::string& where, const State& state) {
    if (state.nest < fsmd_.nests.size() && state.cycle >= 0) return true;
    say(where, fmt::format("state {} of nest {} is not there", state.cycle, state.nest));
    return false;
  }

  /// In every slot modulo ii a target has one source.
  void check_transfers(const std::string& where, const std::vector<Transfer>& transfers) {
    std::map<std::pair<std::size_t, int>, State> taken;
    for (const auto& transfer : transfers) {
      check_source(where, transfer.source);
      claim(where, transfer.state, taken);
    }
  }

  void check_port(const std::string& where, const std::vector<MemoryAccess>& accesses) {
    std::map<std::pair<std::size_t, int>, State> taken;
    for (const auto& access : accesses) {
      check_source(where, access.address);
      if (access.frame) check_source(where, *access.frame);
      if (access.data) check_source(where, *access.data);
      if (access.predicate) check_source(where, *access.predicate);
      claim(where, access.state, taken);
    }
  }

  void claim(const std::string& where, const State& state, std::map<std::pair<std::size_t, int>, State>& taken) {
    if (!check_state(where, state)) return;
    const int slot = state.cycle % fsmd_.nests[state.nest].ii;
    const auto [found, fresh] = taken.insert({{state.nest, slot}, state});
    if (!fresh) {
      say(where, fmt::format("nest {}: cycles {} and {} fall into one slot of ii {}", fsmd_.nests[state.nest].name,
                             found->second.cycle, state.cycle, fsmd_.nests[state.nest].ii));
    }
  }

  const Fsmd& fsmd_;
  Diagnostics diagnostics_;
};

}  // namespace

Diagnostics verify(const Fsmd& fsmd) { return FsmdVerifier(fsmd).run(); }

}  // namespace sluice
