#include "systemgen/network/stream_beat.hpp"

#include <doctest/doctest.h>

using namespace sluice;

TEST_CASE("elements of a beat are whole bytes, and at least one") {
  CHECK(elements_of_beat(ScalarType::boolean(), 64) == 8);
  CHECK(elements_of_beat(ScalarType::unsigned_integer(12), 64) == 4);
  CHECK(elements_of_beat(ScalarType::unsigned_integer(32), 8) == 1);
}
