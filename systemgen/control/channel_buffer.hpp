#pragma once

#include <cstdint>
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
};

/// The wires of a buffer's read port, for one reader: data comes one cycle after enable. Bank k has bit k of `enable`
/// and part k of `address` and `data`.
struct ReadPort {
  BufferShape shape;
  Expr enable;
  Expr address;
  Expr data;
};

/// A tensor's buffer in a module under construction: one write port, and for each reader a read port; both give access
/// to all banks at the same time. Readers have a step, the time at which the controller lets them run. Those of one
/// step read at the same time, each from memories of its own that hold a copy of the data; those of different steps
/// share memories.
class ChannelBuffer {
 public:
  /// Adds the wires of the write port to `module`. `name` is the prefix of all names.
  ChannelBuffer(Module& module, std::string name, BufferShape shape);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const BufferShape& shape() const { return shape_; }
  [[nodiscard]] const Expr& write_enable() const { return write_enable_; }  ///< a bit for each bank, as in ReadPort
  [[nodiscard]] const Expr& write_address() const { return write_address_; }
  [[nodiscard]] const Expr& write_data() const { return write_data_; }

  /// Adds the wires of a read port for `reader`, who drives enable and address.
  ReadPort add_reader(const std::string& reader, std::size_t step);

  /// Steps that share a memory with another: their `running` is needed.
  [[nodiscard]] std::vector<std::size_t> sharing_steps() const;

  /// Adds the memories. `running[step]` is 1 from the step's start to its end. Returns the library cell that they are.
  std::string add_memories(const std::vector<Expr>& running);

  /// Of the data; 0 if nobody reads it.
  [[nodiscard]] std::int64_t copies() const { return std::ssize(memories_); }
  /// Bits of all memories together.
  [[nodiscard]] std::int64_t memory_bits() const;

 private:
  struct Reader {
    std::size_t step;
    ReadPort port;
  };
  struct Memory {
    Expr data;
    std::vector<Reader> readers;
  };

  Module* module_;
  std::string name_;
  BufferShape shape_;
  Expr write_enable_;
  Expr write_address_;
  Expr write_data_;
  std::vector<Memory> memories_;
};

/// Bits that count `elements` elements from 0 on; at least 1.
int address_bits(std::int64_t elements);

}  // namespace sluice
