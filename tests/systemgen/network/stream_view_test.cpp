#include "systemgen/network/stream_view.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <random>

#include "tests/systemgen/support/banked.hpp"

using namespace sluice;

namespace {

/// Where the view says that an element of a stream is: in a buffer of the tensor's own banks.
BankPlace place_by(const StreamView& view, std::int64_t place) {
  const auto elements = std::ssize(view.places);
  BankPlace group;
  auto beat = place / elements;
  for (const auto& dimension : view.dimensions) {
    const auto at = place_of({{dimension.extent}, {dimension.banks}}, beat % dimension.extent);
    group.bank += at.bank * dimension.bank;
    group.address += at.address * dimension.address;
    beat /= dimension.extent;
  }
  const auto within = view.places[static_cast<std::size_t>(place % elements)];
  const auto part = within / view.interleaved;
  return {view.bank(group.bank, part), group.address * view.interleaved + within % view.interleaved};
}

/// Random images in a tensor, or row-major order.
StreamOrder random_order(std::mt19937& random, std::int64_t elements) {
  std::vector<StreamOrder> orders{{}};
  for (std::int64_t channels = 2; channels <= elements; ++channels) {
    for (std::int64_t pixels = 2; channels * pixels <= elements; ++pixels) {
      if (elements % (channels * pixels) == 0) orders.push_back({channels, pixels});
    }
  }
  return orders[random() % orders.size()];
}

int banks_of(const StreamView& view) {
  std::int64_t banks = view.together();
  for (const auto& dimension : view.dimensions) banks *= dimension.banks.banks;
  return static_cast<int>(banks);
}

}  // namespace

TEST_CASE("every element of every beat is where the tensor's own banking has it") {
  std::mt19937 random(51);
  int wide = 0;
  int last = 0;
  int twice = 0;  // parts in two dimensions
  for (int i = 0; i < 10000; ++i) {
    const Banking banking = test::random_banking(random);
    const auto count = element_count(banking.shape);
    const StreamOrder order = random_order(random, count);
    for (std::int64_t elements = 1; elements <= std::min<std::int64_t>(count, 16); ++elements) {
      const auto view = stream_view(banking, one_row(count), order, elements);
      if (!view) continue;
      CAPTURE(to_string(banking.shape));
      CAPTURE(order.channels);
      CAPTURE(order.pixels);
      CAPTURE(elements);
      wide += elements > 1 ? 1 : 0;
      last += elements > 1 && !order.is_row_major() ? 1 : 0;
      twice += view->parts.size() > 1 ? 1 : 0;
      REQUIRE(std::ssize(view->places) == elements);
      CHECK(view->together() * view->interleaved == elements);
      CHECK(std::has_single_bit(static_cast<std::uint64_t>(view->interleaved)));
      CHECK(view->words * view->interleaved == element_count(bank_shape(banking)));
      CHECK(bank_count(banking) % view->together() == 0);
      CHECK(banks_of(*view) <= bank_count(banking));
      std::int64_t wrong = 0;
      for (std::int64_t place = 0; place < count; ++place)
        wrong += place_by(*view, place) == place_of(banking, order.element(place)) ? 0 : 1;
      CHECK(wrong == 0);
    }
  }
  CHECK(wide > 1000);
  CHECK(last > 100);
  CHECK(twice > 20);
}

TEST_CASE("row-major streams of single elements walk through all banks") {
  std::mt19937 random(52);
  for (int i = 0; i < 200; ++i) {
    const Banking banking = test::random_banking(random);
    CHECK(stream_view(banking, one_row(element_count(banking.shape)), {}, 1));
  }
}

TEST_CASE("beats lie in one row, and in as many banks as they fill") {
  const Banking columns{{3, 4, 8}, {{1, 1}, {1, 1}, {4, 2}}};
  CHECK(stream_view(columns, {4, 8}, {}, 2)->interleaved == 2);
  const auto across = stream_view(columns, {4, 8}, {}, 4);
  REQUIRE(across);
  CHECK(across->together() == 2);
  CHECK(!stream_view(columns, {4, 8}, {}, 16));  // two rows
  CHECK(!stream_view(columns, {32, 1}, {}, 2));  // no two elements of a row lie together
  CHECK(!stream_view(one_bank({12}), one_row(12), {}, 3));
  CHECK(!stream_view({{9}, {{3, 3}}}, one_row(9), {}, 9));
}

TEST_CASE("the channels of pixels are in a beat where each is in a bank") {
  const StreamOrder order = stream_order(StreamLayout::channels_last, {1, 3, 4, 8});
  const Banking channels{{1, 3, 4, 8}, {{1, 1}, {3, 1}, {1, 1}, {1, 1}}};
  const Rows rows{4, 8};
  const auto pixel = stream_view(channels, rows, order, 3);
  REQUIRE(pixel);
  CHECK(pixel->together() == 3);
  CHECK(pixel->dimensions.size() == 1);  // pixel by pixel, row by row
  const auto four = stream_view(channels, rows, order, 12);
  REQUIRE(four);
  CHECK(four->interleaved == 4);
  CHECK(four->places == std::vector<std::int64_t>{0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11});
  CHECK(!stream_view(channels, rows, order, 48));               // two rows
  CHECK(!stream_view(channels, rows, order, 2));                // a part of a pixel
  CHECK(!stream_view(one_bank({1, 3, 4, 8}), rows, order, 3));  // in one bank
  CHECK(stream_view(one_bank({1, 3, 4, 8}), rows, order, 1));
}

TEST_CASE("an order that divides blocks of banks has no view") {
  const Banking blocks{{12}, {{3, 4}}};
  CHECK(stream_view(blocks, one_row(12), {3, 4}, 1));
  CHECK(!stream_view(blocks, one_row(12), {2, 6}, 1));
  CHECK(!stream_view(blocks, one_row(12), {4, 3}, 1));
}
