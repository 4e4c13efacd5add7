#pragma once

#include <string>
#include <vector>

#include "rtlgen/netlist/netlist.hpp"

/// Proofs, for all time, of what the hand-written Verilog of systemgen/control asserts in a harness.
namespace sluice::test {

/// A harness of tests/systemgen/control/proofs, whose module has its name, and its parameters.
struct Proof {
  std::string harness;
  std::vector<ParameterValue> parameters;
};

/// A change of the text of a cell, or of a module of the harness, that makes it wrong.
struct Mutation {
  std::string module;
  std::string from;  ///< stands in it once
  std::string to;
};

/// Whether the tools are there; says so if not.
bool can_prove();

/// "proved", "refuted", or what the tools said instead. An assertion fails in no reachable state, by property directed
/// reachability (Een, Mishchenko and Brayton, 2011) in ABC, after `mutations`.
std::string prove(const Proof& proof, const std::vector<Mutation>& mutations = {});

/// The fields of a table, first lowest, in two's complement.
std::string packed(const std::vector<std::int64_t>& fields, int bits);

}  // namespace sluice::test
