#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "rtlgen/netlist/netlist.hpp"

namespace sluice {

/// What a tensor's buffer consists of: memories ("banks") of one size.
struct BufferShape {
  std::int64_t banks = 1;
  std::int64_t words = 1;  ///< in each bank
  int word_bits = 1;

  [[nodiscard]] int address_bits() const;
  /// The same memories as someone sees them who accesses so many neighbouring words of a bank at once.
  [[nodiscard]] BufferShape interleaved(std::int64_t lanes) const {
    return {banks, words / lanes, word_bits * static_cast<int>(lanes)};
  }
};

/// The wires of a buffer's read port, for one reader: data comes one cycle after enable. Bank k has bit k of `enable`
/// and part k of `address` and `data`.
struct ReadPort {
  BufferShape shape;  ///< as the reader sees it
  Expr enable;
  Expr address;
  Expr data;
};

/// A tensor's buffer in a module under construction: one write port, and for each reader a read port; both give access
/// to all banks at the same time. The writer, or a reader, may access several neighbouring words of each bank at once:
/// then each bank is as many memories, among which its words are interleaved. Readers have a step, the time at which
/// the controller lets them run. Those of one step read at the same time, each from memories of its own that hold a
/// copy of the data; those of different steps share memories.
class ChannelBuffer {
 public:
  /// Adds the wires of the write port to `module`. `name` is the prefix of all names. `shape` is for accesses of one
  /// word; the writer writes `lanes` at once, a power of two that divides the words.
  ChannelBuffer(Module& module, std::string name, BufferShape shape, std::int64_t lanes = 1);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const BufferShape& shape() const { return shape_; }
  [[nodiscard]] BufferShape write_shape() const { return shape_.interleaved(write_lanes_); }  ///< as the writer sees it
  [[nodiscard]] const Expr& write_enable() const { return write_enable_; }  ///< a bit for each bank, as in ReadPort
  [[nodiscard]] const Expr& write_address() const { return write_address_; }
  [[nodiscard]] const Expr& write_data() const { return write_data_; }

  /// Adds the wires of a read port for `reader`, who drives enable and address, and reads `lanes` words at once; where
  /// that is more than one, the writer writes one.
  ReadPort add_reader(const std::string& reader, std::size_t step, std::int64_t lanes = 1);

  /// Steps that share a memory with another: their `running` is needed.
  [[nodiscard]] std::vector<std::size_t> sharing_steps() const;

  /// Adds the memories. `running[step]` is 1 from the step's start to its end. Returns the library cells that they are.
  std::set<std::string> add_memories(const std::vector<Expr>& running);

  /// Of the data; 0 if nobody reads it.
  [[nodiscard]] std::int64_t copies() const { return std::ssize(memories_); }
  /// Memories of a bank's copy.
  [[nodiscard]] std::int64_t interleaved() const;
  /// Bits of all memories together.
  [[nodiscard]] std::int64_t memory_bits() const;

 private:
  struct Reader {
    std::size_t step;
    ReadPort port;
  };
  struct Memory {
    Expr data;
    std::int64_t lanes = 1;  ///< words that are read at once
    std::vector<Reader> readers;
  };
  [[nodiscard]] std::string cell_of(const Memory& memory) const;

  Module* module_;
  std::string name_;
  BufferShape shape_;
  std::int64_t write_lanes_;
  Expr write_enable_;
  Expr write_address_;
  Expr write_data_;
  std::vector<Memory> memories_;
};

/// Bits that count `elements` elements from 0 on; at least 1.
int address_bits(std::int64_t elements);

}  // namespace sluice
