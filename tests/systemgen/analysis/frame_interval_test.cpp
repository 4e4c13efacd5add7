#include "systemgen/analysis/frame_interval.hpp"

#include <doctest/doctest.h>

using namespace sluice;

TEST_CASE("intervals are in lowest terms and in order") {
  CHECK(FrameInterval(30, 12) == FrameInterval(5, 2));
  CHECK(FrameInterval(30, 12).cycles == 5);
  CHECK(FrameInterval(7) > FrameInterval(27, 4));
  CHECK(FrameInterval(7) < FrameInterval(29, 4));
  CHECK(FrameInterval(5, 2).value() == 2.5);
}
