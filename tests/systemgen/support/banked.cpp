#include "tests/systemgen/support/banked.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "core/kernel/builder.hpp"
#include "systemgen/control/sequential.hpp"

namespace sluice::test {
namespace {

constexpr ScalarType kByte = ScalarType::unsigned_integer(8);

std::vector<ArrayId> add_banks(Kernel& kernel, const std::string& name, ArrayRole role, const std::string& tensor,
                               const Banking& banking) {
  std::vector<ArrayId> arrays;
  for (std::int64_t bank = 0; bank < bank_count(banking); ++bank) {
    arrays.push_back(add_array(
        kernel,
        {fmt::format("{}_b{}", name, bank), kByte, bank_shape(banking), role, tensor, {}, Bank{banking, bank}}));
  }
  return arrays;
}

/// The loops over the places of a bank.
struct Places {
  std::vector<AffineExpr> address;
  std::vector<AffineExpr> turn;    ///< number of the block in its bank, in each dimension
  std::vector<AffineExpr> within;  ///< a block
};

Places loop_places(NestBuilder& nest, const Banking& banking) {
  Places places;
  const Shape extents = bank_shape(banking);
  for (std::size_t d = 0; d < extents.size(); ++d) {
    const auto block = banking.dimensions[d].banks == 1 ? 1 : banking.dimensions[d].block;
    places.turn.push_back(nest.loop(fmt::format("q{}", d), extents[d] / block));
    places.within.push_back(nest.loop(fmt::format("r{}", d), block));
    places.address.push_back(places.turn[d] * block + places.within[d]);
  }
  return places;
}

/// Whether a bank has an element at the places of the loops.
Value has_element(NestBuilder& nest, const Places& places, const Banking& banking, std::int64_t bank) {
  const auto coordinates = bank_coordinates(banking, bank);
  std::vector<Condition> conditions;
  for (std::size_t d = 0; d < banking.shape.size(); ++d) {
    const auto& [banks, all_blocks] = banking.dimensions[d];
    const auto block = banks == 1 ? 1 : all_blocks;
    const auto index = (places.turn[d] * banks + AffineExpr(coordinates[d])) * block + places.within[d];
    conditions.push_back(is_nonnegative(AffineExpr(banking.shape[d] - 1) - index));
  }
  return nest.guard(conditions);
}

Kernel named_kernel(const std::string& name) {
  Kernel kernel;
  kernel.name = name;
  kernel.operation = "Toy";
  kernel.onnx_nodes = {name};
  return kernel;
}

}  // namespace

Banking random_banking(std::mt19937& random) {
  const auto from = [&](int low, int high) { return std::uniform_int_distribution<std::int64_t>(low, high)(random); };
  Banking banking;
  for (auto rank = from(1, 3); rank > 0; --rank) {
    banking.shape.push_back(from(1, 6));
    banking.dimensions.push_back(from(0, 2) == 0 ? DimensionBanks{} : DimensionBanks{from(1, 3), from(1, 3)});
  }
  return banking;
}

Kernel banked_kernel(const ToyNode& node, const Banking& banking, std::size_t groups) {
  Kernel kernel = named_kernel(node.name);
  std::vector<std::vector<ArrayId>> inputs;
  for (std::size_t i = 0; i < node.inputs.size(); ++i)
    inputs.push_back(add_banks(kernel, fmt::format("x{}", i), ArrayRole::input, node.inputs[i], banking));
  const auto outputs = add_banks(kernel, "y", ArrayRole::output, node.name, banking);
  for (std::size_t group = 0; group < std::min(groups, outputs.size()); ++group) {
    NestBuilder nest(kernel, fmt::format("group{}", group));
    const auto places = loop_places(nest, banking);
    for (std::size_t bank = group; bank < outputs.size(); bank += groups) {
      Value sum = nest.integer(kByte, node.constant);
      for (const auto& input : inputs) sum = nest.add(sum, nest.load(input[bank], places.address), kByte);
      nest.store(outputs[bank], places.address, sum,
                 has_element(nest, places, banking, static_cast<std::int64_t>(bank)));
    }
  }
  return kernel;
}

Kernel bank_copy(const std::string& name, const std::string& input, const Banking& banking, std::int64_t number) {
  Kernel kernel = named_kernel(name);
  const auto x = add_array(
      kernel,
      {"x_b" + std::to_string(number), kByte, bank_shape(banking), ArrayRole::input, input, {}, Bank{banking, number}});
  const auto y = add_array(kernel, {"y", kByte, bank_shape(banking), ArrayRole::output, name, {}});
  NestBuilder nest(kernel, "copy");
  const auto places = loop_places(nest, banking);
  const auto there = has_element(nest, places, banking, number);
  nest.store(y, places.address, nest.select(there, nest.load(x, places.address), nest.integer(kByte, 0)));
  return kernel;
}

std::vector<BuiltActor> built_actors(const TokenNetwork& network, const std::map<std::string, int>& limits) {
  const auto target = Target::load("generic");
  REQUIRE(target.has_value());
  const ActorOptions options{&*target, find_scheduler("sdc"), {10.0, 0, limits}, true};
  std::vector<BuiltActor> built;
  ActorSeconds seconds;
  for (const auto node : network.actors) {
    REQUIRE(to_string(verify(network[node].kernel)) == "");
    auto nests = schedule_kernel(network[node].kernel, options);
    REQUIRE_MESSAGE(nests.has_value(), to_string(nests.errors()));
    auto actor = build_actor(network[node].kernel, std::move(*nests), options, seconds);
    REQUIRE_MESSAGE(actor.has_value(), to_string(actor.errors()));
    built.push_back(std::move(*actor));
  }
  return built;
}

Design composed(TokenNetwork network, const std::vector<BuiltActor>& actors, const std::string& top) {
  std::vector<ActorRtl> modules;
  for (const auto& actor : actors) modules.push_back(actor.rtl);
  auto system = compose_sequential(network, modules, top);
  Design design{std::move(network), std::move(modules), std::move(system)};
  REQUIRE(to_string(verify(netlist_of(design))) == "");
  return design;
}

Design built_design(TokenNetwork network, const std::string& top) {
  const auto actors = built_actors(network);
  return composed(std::move(network), actors, top);
}

}  // namespace sluice::test
