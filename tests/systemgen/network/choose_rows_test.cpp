#include "systemgen/network/choose_rows.hpp"

#include <doctest/doctest.h>

#include "tests/systemgen/support/row_network.hpp"

using namespace sluice;

namespace {

Rows rows_of_input(const Shape& shape) {
  auto network = test::series_network(shape);
  choose_rows(network);
  return network.channels.at(0).rows;
}

}  // namespace

TEST_CASE("a tensor is handed on in the finest pieces that its users can hold") {
  CHECK(rows_of_input({6, 3}) == Rows{18, 1});  // the stream brings single elements
  CHECK(rows_of_input({1000, 1}) == Rows{1000, 1});
}

TEST_CASE("a port does not fire more often in a frame than is worth a table") {
  CHECK(rows_of_input({2000, 1}) == one_row(2000));
}
