#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/diag/embedded.hpp"
#include "core/diag/expected.hpp"

namespace sluice {

/// Delays of an FPGA family's cells and wires, read from a JSON file (systemgen/characterize/fabrics).
struct Fabric {
  std::string family;
  std::string description;  ///< where the figures are from
  double default_clock_ns = 0;
  int register_ps = 0;      ///< clock to output plus set-up
  int net_ps = 0;           ///< a wire from one cell to the next
  int memory_read_ps = 0;   ///< clock to read data of a block memory
  int memory_setup_ps = 0;  ///< wire and set-up of its inputs
  int register_words = 0;   ///< see Target::register_words
  int multiplier_ps = 0;    ///< a hard multiplier, from operands to the register in its middle
  int wide_bits = 0;        ///< its operands, unsigned
  int narrow_bits = 0;

  /// Cells whose type begins with `prefix`.
  struct Cell {
    std::string prefix;
    int ps = 0;               ///< from inputs to outputs
    bool beside = false;      ///< the inputs come from the neighbouring cells, without a wire
    std::string chain_input;  ///< port of a carry chain; empty: none
    std::string chain_output;
    int chain_ps = 0;                    ///< from the one to the other
    int chain_end_ps = 0;                ///< from the chain's input to the other outputs
    std::map<std::string, int> port_ps;  ///< from inputs, or to outputs, that take another time than `ps`

    [[nodiscard]] int through(const std::string& port) const {
      const auto found = port_ps.find(port);
      return found == port_ps.end() ? ps : found->second;
    }
  };
  std::vector<Cell> cells;  ///< the first that fits counts

  /// Null for a cell of no delay.
  [[nodiscard]] const Cell* find(std::string_view type) const;
};

/// The files in systemgen/characterize/fabrics, compiled into the binary.
std::span<const EmbeddedFile> fabric_data();

/// The fabric of a family. An error if there is none of that name, which lists the known ones.
Expected<Fabric> load_fabric(const std::string& family);

}  // namespace sluice
