#include "core/dfg/dfg.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/kernel/builder.hpp"

using namespace sluice;

namespace {

constexpr ScalarType kByte = ScalarType::signed_integer(8);

Kernel kernel_with(ArrayRole role) {
  Kernel kernel{.name = "k"};
  add_array(kernel, {"x", kByte, {16}, ArrayRole::input, "x", {}});
  add_array(kernel, {"s", kByte, {16}, role, role == ArrayRole::output ? "s" : "", {}});
  return kernel;
}

constexpr ArrayId kX(0);
constexpr ArrayId kS(1);

/// "from -> to kind distance", sorted.
std::vector<std::string> edges_of(const Dfg& dfg) {
  static const char* kinds[] = {"data", "read after write", "write after read", "write after write"};
  std::vector<std::string> result;
  for (const auto edge : dfg.edges()) {
    result.push_back(dfg[dfg.source(edge)].name + " -> " + dfg[dfg.target(edge)].name + " " +
                     kinds[static_cast<std::size_t>(dfg[edge].kind)] + " " + std::to_string(dfg[edge].distance));
  }
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace

TEST_CASE("chains of delays become one edge with their sum as distance") {
  Kernel kernel = kernel_with(ArrayRole::output);
  NestBuilder nest(kernel, "n");
  const auto i = nest.loop("i", 16);
  const Value two = nest.delay(kByte, 2);
  const Value five = nest.delay(kByte, 3);
  nest.close(five, two);
  const Value sum = nest.add(nest.load(kX, {i}), five);
  nest.name(sum, "sum");
  nest.close(two, sum);
  nest.store(kS, {i}, sum);
  const auto dfg = build_dfg(kernel, kernel.nests[0]);
  CHECK(to_string(verify(dfg, kernel.nests[0])) == "");
  CHECK(dfg.name == "k, nest n");
  CHECK(edges_of(dfg) ==
        std::vector<std::string>{"load_x_2 -> sum_3 data 0", "sum_3 -> store_s_4 data 0", "sum_3 -> sum_3 data 5"});
}

TEST_CASE("accesses of an array of which one writes are ordered by the smallest distance at which they meet") {
  Kernel kernel = kernel_with(ArrayRole::scratch);
  NestBuilder nest(kernel, "n");
  const auto k = nest.loop("k", 4);
  const auto i = nest.loop("i", 4);
  SUBCASE("sums that take turns") {
    const Value before = nest.load(kS, {i});
    const Value term = nest.load(kX, {i * 4 + k});
    nest.store(kS, {i}, nest.add(before, term));
    CHECK(edges_of(build_dfg(kernel, kernel.nests[0])) ==
          std::vector<std::string>{"add_2 -> store_s_3 data 0", "load_s_0 -> add_2 data 0",
                                   "load_s_0 -> store_s_3 write after read 0", "load_x_1 -> add_2 data 0",
                                   "store_s_3 -> load_s_0 read after write 4",
                                   "store_s_3 -> store_s_3 write after write 4"});
  }
  SUBCASE("each element once") {
    nest.store(kS, {k * 4 + i}, nest.load(kX, {i}));
    CHECK(edges_of(build_dfg(kernel, kernel.nests[0])) == std::vector<std::string>{"load_x_0 -> store_s_1 data 0"});
  }
  SUBCASE("an index that is not affine") {
    nest.store(kS, {k * 4 + i}, nest.lookup(kS, nest.affine(ScalarType::unsigned_integer(4), i)));
    CHECK(edges_of(build_dfg(kernel, kernel.nests[0])) ==
          std::vector<std::string>{"affine_0 -> lookup_s_1 data 0", "lookup_s_1 -> store_s_2 data 0",
                                   "lookup_s_1 -> store_s_2 write after read 0",
                                   "store_s_2 -> lookup_s_1 read after write 1"});
  }
  SUBCASE("a store that only the last term makes") {
    nest.store(kS, {i}, nest.load(kX, {i}), nest.guard({is_zero(k - AffineExpr(3))}));
    const auto edges = edges_of(build_dfg(kernel, kernel.nests[0]));
    CHECK(std::none_of(edges.begin(), edges.end(), [](const auto& e) { return e.find("after") != std::string::npos; }));
  }
}

TEST_CASE("every rule of a graph is checked") {
  Kernel kernel = kernel_with(ArrayRole::output);
  NestBuilder nest(kernel, "n");
  const auto i = nest.loop("i", 16);
  const Value loaded = nest.load(kX, {i});
  const Value sum = nest.add(loaded, loaded);
  nest.store(kS, {i}, sum);
  const Nest& body = kernel.nests[0];
  auto dfg = build_dfg(kernel, body);
  const Dfg::NodeId load(0);
  const Dfg::NodeId add(1);
  const auto verdict = [&] { return to_string(verify(dfg, body)); };
  REQUIRE(verdict() == "");
  SUBCASE("an operand given twice") {
    dfg.add_edge(load, add, {DfgEdge::Kind::data, 1, 0});
    CHECK(verdict() == "k, nest n, add_1: operand 1 is given 2 times\n");
  }
  SUBCASE("an operand that the operation doesn't have") {
    dfg.add_edge(load, add, {DfgEdge::Kind::data, 2, 0});
    CHECK(verdict() == "k, nest n, add_1: operand 2 of 2 is given\n");
  }
  SUBCASE("a missing operand") {
    static_cast<Digraph<DfgNode, DfgEdge>&>(dfg) =
        dfg.filtered([](auto) { return true; }, [&](auto edge) { return dfg[edge].operand != 1; });
    CHECK(verdict().find(", add_1: operand 1 is given 0 times") != std::string::npos);
  }
  SUBCASE("a negative distance") {
    dfg[Dfg::EdgeId(0)].distance = -1;
    CHECK(verdict() == "k, nest n: load_x_0 -> add_1: a distance of -1\n");
  }
  SUBCASE("a cycle without distance") {
    dfg.add_edge(add, load, {DfgEdge::Kind::write_after_read, -1, 0});
    CHECK(verdict().find("a cycle without distance: ") != std::string::npos);
    CHECK(verdict().find("load_x_0") != std::string::npos);
  }
  SUBCASE("a node that is no operation") {
    dfg[add].op = OpId(99);
    CHECK(verdict().find("the node is no operation of the body") != std::string::npos);
    CHECK(verdict().find("operation 1 (add) has no node") == std::string::npos);
  }
  SUBCASE("an operation that is two nodes") {
    dfg.add_node({OpId(0), "again"});
    CHECK(verdict() == "k, nest n, again: the operation is two nodes\n");
  }
}

TEST_CASE("a delay of nothing but delays leaves its reader without an operand") {
  Kernel kernel = kernel_with(ArrayRole::output);
  NestBuilder nest(kernel, "n");
  const auto i = nest.loop("i", 16);
  const Value a = nest.delay(kByte, 1);
  const Value b = nest.delay(kByte, 1);
  nest.close(a, b);
  nest.close(b, a);
  nest.store(kS, {i}, a);
  const auto dfg = build_dfg(kernel, kernel.nests[0]);
  CHECK(to_string(verify(dfg, kernel.nests[0])) ==
        "k, nest n, store_s_2: operand 0 is given 0 times (a chain of delays must end in an operation)\n");
}

TEST_CASE("what only says whether to load is no hardware") {
  Kernel kernel = kernel_with(ArrayRole::output);
  NestBuilder nest(kernel, "n");
  const AffineExpr i = nest.loop("i", 16);
  const Value inside = nest.guard({is_nonnegative(i - 1)});
  const Value both = nest.binary(Opcode::bit_and, inside, nest.guard({is_nonnegative(AffineExpr(9) - i)}));
  nest.store(kS, {i}, nest.select(inside, nest.load(kX, {i}, both), nest.integer(kByte, 0)));
  const Dfg dfg = build_dfg(kernel, kernel.nests[0]);
  CHECK(to_string(verify(dfg, kernel.nests[0])) == "");
  CHECK(dfg.node_count() == kernel.nests[0].body.size() - 2);  // without the second guard and the conjunction
}
