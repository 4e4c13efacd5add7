#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/diag/embedded.hpp"
#include "rtlgen/netlist/netlist.hpp"

namespace sluice {

/// An AXI4-Stream port of the design under test.
struct BenchStream {
  Direction direction = Direction::input;  ///< seen from the design
  std::string name;                        ///< "s_axis_x": prefix of its signals
  int element_bits = 8;
  int elements_per_beat = 1;
  std::int64_t beats = 1;  ///< of a frame
  std::string vectors;     ///< file of the beats that are sent, or expected; path from where the simulator runs
  std::string actual;      ///< of an output: file for what came

  [[nodiscard]] int data_bits() const { return element_bits * elements_per_beat; }
};

/// A write port inside the design that is watched, of one or several memories ("banks") that are written at the same
/// time: bank k has bit k of `enable` and part k of `address` and `data`.
struct BenchProbe {
  std::string name;
  std::string enable;  ///< nets of the top module
  std::string address;
  std::string data;
  int address_bits = 1;       ///< of one bank
  int data_bits = 1;          ///< of one bank
  std::int64_t elements = 1;  ///< written in a frame
  std::int64_t banks = 1;
  std::int64_t words = 1;  ///< of a bank
  std::string vectors;     ///< file of the expected words, bank after bank
};

/// An actor inside the design whose firings are logged.
struct BenchFire {
  std::size_t actor = 0;  ///< its number in the log
  std::string net;        ///< of the top module: 1 in the cycles in which a firing starts
};

/// What a test bench is made for.
struct BenchSpec {
  std::string top;
  std::vector<BenchStream> streams;
  std::vector<BenchProbe> probes;
  std::vector<BenchFire> fires;
  int frames = 1;
  std::int64_t timeout_cycles = 1000;  ///< without stalls
};

/// The self-checking test bench "tb" in Verilog-2005; it needs the modules of `bench_verilog`. It prints a line of
/// `key=value` for each frame, mismatch and violation, behind the word SLUICE, and at last PASS or FAIL. With the
/// argument +fires, every firing has a line too.
std::string generate_bench(const BenchSpec& spec);

/// The hand-written parts of the test bench.
std::span<const EmbeddedFile> bench_verilog();

/// A vector file: so many words a line, in hexadecimal, the first lowest. `bits` are those of a word; several in a line
/// have whole digits.
std::string vector_text(std::span<const std::uint64_t> words, int bits, std::size_t words_a_line = 1);

}  // namespace sluice
