#pragma once

#include <map>
#include <random>
#include <string>
#include <vector>

#include "core/kernel/kernel.hpp"
#include "systemgen/build_actor.hpp"
#include "systemgen/output/design.hpp"
#include "tests/systemgen/support/toy.hpp"

/// Designs whose tensors are dealt out over banks, with actors that come from kernels the whole way.
namespace sluice::test {

/// Of 1 to 3 dimensions, often with blocks that don't divide them, and at most a few banks.
Banking random_banking(std::mt19937& random);

/// The kernel of a ToyNode on tensors that are dealt out like `banking`: all banks at the same time, an element each.
/// It has `groups` nests, each for every so manieth bank.
Kernel banked_kernel(const ToyNode& node, const Banking& banking, std::size_t groups);

/// A kernel that copies one bank of `input`, place by place, into the tensor of its name; 0 where no element is.
Kernel bank_copy(const std::string& name, const std::string& input, const Banking& banking, std::int64_t number);

/// The actors of a network, pipelined, with at most so many units of a name.
std::vector<BuiltActor> built_actors(const TokenNetwork& network, const std::map<std::string, int>& limits = {});
/// The design of a network and its actors.
Design composed(TokenNetwork network, const std::vector<BuiltActor>& actors, const std::string& top);
/// Both.
Design built_design(TokenNetwork network, const std::string& top);

}  // namespace sluice::test
