#include "frontend/loops/part_prefixes.hpp"

#include <doctest/doctest.h>

using namespace sluice;

TEST_CASE("prefixes of parts differ from each other and from the tensors that are there") {
  const auto kernel = [](const std::string& name, const std::string& tensor) {
    Kernel made;
    made.name = name;
    made.arrays.push_back({"x", ScalarType::boolean(), {1}, ArrayRole::input, tensor, nullptr});
    return made;
  };
  CHECK(part_prefixes({kernel("a", "x"), kernel("a", "b"), kernel("b", "b.sum"), kernel("c", "c")}) ==
        std::vector<std::string>{"a", "a_", "b_", "c"});
}
