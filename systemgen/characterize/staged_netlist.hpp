#pragma once

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/diag/expected.hpp"

namespace sluice {

/// A mapped or generic netlist between registers that are the black box sluice_register, as Yosys's `write_json` gives
/// it, sorted into stages: a cell or register is in stage k if k registers lie before it on each path from the inputs,
/// the first at the inputs not counted. Only what has an effect on an output is there.
class StagedNetlist {
 public:
  struct Cell {
    std::string name;
    std::string type;
    int stage = 0;
    std::map<std::string, std::vector<int>> inputs;   ///< by port: nets, without the constant ones
    std::map<std::string, std::vector<int>> outputs;  ///< by port: nets
  };

  /// One bit of a register.
  struct Register {
    int stage = 0;  ///< of what it holds
    int from = -1;  ///< net; negative if it holds a constant
    int to = -1;    ///< net
  };

  /// Reads the module `top`. An error if the text is something else, or the netlist has a combinational cycle.
  static Expected<StagedNetlist> read(std::string_view json, const std::string& top);

  [[nodiscard]] const std::vector<Cell>& cells() const { return cells_; }  ///< in the order of the signals
  [[nodiscard]] const std::vector<Register>& registers() const { return registers_; }
  [[nodiscard]] int stages() const;

  /// The netlist for Yosys's `read_json`, in a module `top`: one-bit registers reg_<stage>_<k>, those at the inputs
  /// reg_in_<k>; cells have the attribute
  /// `submod` with the value stage_<stage>. Cells of stages that are not `kept` are left out.
  [[nodiscard]] std::string json(const std::string& top, const std::function<bool(int stage)>& kept) const;

 private:
  std::vector<Cell> cells_;
  std::vector<Register> registers_;
  nlohmann::json module_;  ///< as it was read
};

}  // namespace sluice
