#include "systemgen/network/wide_view.hpp"

#include <doctest/doctest.h>

#include <random>

#include "tests/systemgen/support/banked.hpp"

using namespace sluice;

namespace {

/// Where the view says that an element is: in a buffer of the tensor's own banks.
BankPlace place_by(const WideView& view, std::int64_t element, std::int64_t elements) {
  const auto beat = place_of(view.banking, element / elements);
  const auto within = element % elements;
  return {beat.bank * view.together + within / view.interleaved,
          beat.address * view.interleaved + within % view.interleaved};
}

}  // namespace

TEST_CASE("every element of every beat is where the tensor's own banking has it") {
  std::mt19937 random(51);
  int wide = 0;
  for (int i = 0; i < 400; ++i) {
    const Banking banking = test::random_banking(random);
    const auto count = element_count(banking.shape);
    for (std::int64_t elements = 1; elements <= std::min<std::int64_t>(count, 16); ++elements) {
      const auto view = wide_view(banking, one_row(count), elements);
      if (!view) continue;
      CAPTURE(to_string(banking.shape));
      CAPTURE(elements);
      wide += elements > 1 ? 1 : 0;
      CHECK(element_count(view->banking.shape) * elements == count);
      CHECK(bank_count(view->banking) * view->together == bank_count(banking));
      for (std::int64_t element = 0; element < count; ++element)
        CHECK(place_by(*view, element, elements) == place_of(banking, element));
    }
  }
  CHECK(wide > 100);
}

TEST_CASE("beats lie in one row, and in as many banks as they fill") {
  const Banking columns{{3, 4, 8}, {{1, 1}, {1, 1}, {4, 2}}};
  CHECK(wide_view(columns, {4, 8}, 2)->interleaved == 2);
  const auto across = wide_view(columns, {4, 8}, 4);
  REQUIRE(across);
  CHECK(across->together == 2);
  CHECK(across->rows == Rows{4, 2});
  CHECK(!wide_view(columns, {4, 8}, 16));  // two rows
  CHECK(!wide_view(columns, {32, 1}, 2));  // no two elements of a row lie together
  CHECK(!wide_view(one_bank({12}), one_row(12), 3));
  CHECK(!wide_view({{9}, {{3, 3}}}, one_row(9), 9));
}
