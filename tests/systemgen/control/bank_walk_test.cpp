#include "systemgen/control/bank_walk.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>
#include <sstream>

#include "systemgen/network/banks.hpp"
#include "tests/systemgen/support/banked.hpp"
#include "tests/systemgen/support/cell_bench.hpp"

using namespace sluice;

namespace {

constexpr int kWordBits = 24;
constexpr int kSteps = 450;  // two frames of 6 x 6 x 6 elements, and some

/// A tensor in a buffer, which may be circular, and the order of a stream.
struct Walk {
  Banking banking;
  BufferShape shape;
  StreamOrder order;

  /// Where the stream's elements are, counted over all frames.
  [[nodiscard]] BankPlace place(std::int64_t number) const {
    const auto elements = element_count(banking.shape);
    auto place = place_of(banking, order.element(number % elements));
    const auto frame = shape.words == words() ? 0 : number / elements;
    place.address = (place.address + frame * words()) % shape.words;
    return place;
  }
  /// Of a bank, for one frame.
  [[nodiscard]] std::int64_t words() const { return element_count(bank_shape(banking)); }
};

std::string parameters(const Walk& walk) {
  std::string text;
  const auto view = stream_view(walk.banking, one_row(element_count(walk.banking.shape)), walk.order, 1);
  for (const auto& parameter : walk_parameters(*view, walk.shape))
    text += fmt::format("{}.{}({})", text.empty() ? "" : ", ", parameter.name, parameter.text);
  return text;
}

/// Sends numbers through a scatter, memories and a gather. Says what is written ("W walk bank address number"), what is
/// read ("R walk place-in-the-sequence number") and from where ("G walk bank address").
std::string bench(const Walk& walk, std::size_t number) {
  return fmt::format(R"(
  wire [{banks}-1:0] we{n}; wire [{banks}*{bits}-1:0] wa{n}; wire [{banks}*24-1:0] wd{n};
  wire [{banks}-1:0] re{n}; wire [{banks}*{bits}-1:0] ra{n}; wire [{banks}*24-1:0] rd{n};
  wire [23:0] q{n};
  reg [23:0] in{n} = 0; reg [23:0] out{n} = 0; reg read{n} = 0;
  wire step{n} = random[37] & ~rst;
  wire send{n} = random[41] & ~rst && out{n} < in{n};
  sluice_bank_scatter #({parameters}) s{n} (clk, rst, step{n}, in{n}, we{n}, wa{n}, wd{n});
  sluice_ram_banks #(.BANKS({banks}), .WIDTH(24), .DEPTH({words})) m{n} (clk, we{n}, wa{n}, wd{n}, re{n}, ra{n}, rd{n});
  sluice_bank_gather #({parameters}) g{n} (clk, rst, send{n}, q{n}, re{n}, ra{n}, rd{n});
  integer k{n};
  always @(posedge clk) begin
    if (step{n}) in{n} <= in{n} + 1;
    if (send{n}) out{n} <= out{n} + 1;
    read{n} <= send{n};
    for (k{n} = 0; k{n} < {banks}; k{n} = k{n} + 1) begin
      if (we{n}[k{n}]) $display("W {n} %0d %0d %0d", k{n}, wa{n}[k{n}*{bits} +: {bits}], wd{n}[k{n}*24 +: 24]);
      if (re{n}[k{n}]) $display("G {n} %0d %0d", k{n}, ra{n}[k{n}*{bits} +: {bits}]);
    end
    if (read{n}) $display("R {n} %0d %0d", out{n} - 1, q{n});
  end
)",
                     fmt::arg("banks", walk.shape.banks), fmt::arg("bits", walk.shape.address_bits()),
                     fmt::arg("n", number), fmt::arg("words", walk.shape.words),
                     fmt::arg("parameters", parameters(walk)));
}

std::vector<Banking> bankings() {
  std::mt19937 random(21);
  std::vector<Banking> list{{{4, 6}, {{2, 1}, {3, 1}}}, {{3, 3, 3}, {{2, 1}, {2, 1}, {2, 1}}},
                            {{5, 1}, {{3, 1}, {2, 1}}}, one_bank({3, 4}),
                            one_bank({7, 1}),           one_bank({})};
  while (list.size() < 30) list.push_back(test::random_banking(random));
  return list;
}

/// Row-major order, and one of images that those banks allow.
std::vector<StreamOrder> orders_of(const Banking& banking) {
  std::vector<StreamOrder> orders{{}};
  const auto elements = element_count(banking.shape);
  for (std::int64_t channels = 2; channels < elements; ++channels) {
    for (std::int64_t pixels = 2; elements % channels == 0 && pixels <= elements / channels; ++pixels) {
      const StreamOrder order{channels, pixels};
      const bool fits = elements % order.image() == 0 && stream_view(banking, one_row(elements), order, 1);
      if (fits && orders.size() < 2) orders.push_back(order);
    }
  }
  return orders;
}

/// Each banking in a buffer for a frame, and in circular ones of fewer and of more rows.
std::vector<Walk> walks() {
  std::vector<Walk> list;
  for (const auto& banking : bankings()) {
    const auto words = element_count(bank_shape(banking));
    const auto rows = banking.shape.empty() ? 1 : bank_shape(banking).front();
    for (const auto ring : {rows, rows + 1, rows / 2, 2 * rows - 1, std::int64_t{1}}) {
      if (ring == 0) continue;
      for (const auto& order : orders_of(banking)) {
        if (!order.is_row_major() && ring != rows && ring != rows + 1) continue;
        list.push_back({banking, {bank_count(banking), ring * (words / rows), kWordBits}, order});
      }
    }
  }
  return list;
}

}  // namespace

TEST_CASE("elements are written to their places in banks and read from there, in a stream's order") {
  const auto list = walks();
  std::vector<std::int64_t> written(list.size(), 0);
  std::vector<std::int64_t> read(list.size(), 0);
  std::vector<std::int64_t> addressed(list.size(), 0);
  std::string body;
  for (std::size_t i = 0; i < list.size(); ++i) body += bench(list[i], i);
  std::istringstream lines(test::run_cell_bench(body, 4 * kSteps));
  for (std::string kind; lines >> kind;) {
    std::size_t n = 0;
    lines >> n;
    REQUIRE_MESSAGE((kind == "W" || kind == "R" || kind == "G"), kind);
    const auto& walk = list.at(n);
    INFO(to_string(walk.banking), ", ", walk.shape.words, " words, images of ", walk.order.channels, " channels");
    if (kind == "R") {
      std::int64_t element = 0;
      std::int64_t value = 0;
      lines >> element >> value;
      CHECK(element == read[n]++);
      // The number that was written there last may be of a later element.
      CHECK(walk.place(value) == walk.place(element));
      continue;
    }
    BankPlace place;
    lines >> place.bank >> place.address;
    CHECK(place == walk.place(kind == "W" ? written[n] : addressed[n]));
    if (kind == "G") ++addressed[n];
    if (kind == "G") continue;
    std::int64_t element = 0;
    lines >> element;
    CHECK(element == written[n]++);
  }
  for (std::size_t n = 0; n < list.size(); ++n) {
    CHECK(written[n] >= kSteps);
    CHECK(read[n] >= kSteps);
    CHECK(addressed[n] >= kSteps);
  }
}
