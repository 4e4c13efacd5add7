#include "systemgen/choose/split_slowest.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "scheduler/schedulers.hpp"
#include "systemgen/choose/streamed_beats.hpp"
#include "systemgen/network/choose_rows.hpp"
#include "tests/frontend/loops/random_nests.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

struct Setting {
  Expected<Target> target = Target::load("generic");
  ActorOptions actor{&*target, find_scheduler("sdc"), {10.0, 0, {{"int_mul", 1}}}, true};

  Expected<ScheduledKernel> schedule(const Kernel& kernel) const {
    auto nests = schedule_kernel(kernel, actor);
    if (!nests) return nests.errors();
    return ScheduledKernel{kernel, std::move(*nests), {}};
  }

  std::vector<ScheduledKernel> split(const std::vector<Kernel>& kernels, const LoopPassOptions& passes = {}) const {
    std::vector<ScheduledKernel> scheduled;
    for (const auto& kernel : kernels) scheduled.push_back(schedule(kernel).value());
    auto result = split_slowest(
        kernels, std::move(scheduled), streamed_beats(kernels, kWidestBeat),
        [&](const Kernel& part) { return schedule(part); }, passes);
    REQUIRE_MESSAGE(result.has_value(), to_string(result.errors()));
    return std::move(*result);
  }
};

std::int64_t slowest(const std::vector<ScheduledKernel>& kernels) {
  std::int64_t most = 0;
  for (const auto& each : kernels) most = std::max(most, merged_interval_of(each.kernel, each.nests));
  return most;
}

}  // namespace

TEST_CASE("only kernels that bound the interval are split, into no more parts than it takes") {
  const Setting setting;
  std::mt19937 random(1);
  int faster = 0;
  int kept = 0;
  for (int i = 0; i < 60; ++i) {
    CAPTURE(i);
    std::vector<Kernel> kernels;
    for (int k = 0; k < 3; ++k) {
      kernels.push_back(random_nests(random, {.tidy = true}));
      kernels.back().name = fmt::format("k{}", k);
    }
    const auto whole = setting.split(kernels, {.skip = {"split-kernels"}});
    CHECK(whole.size() == kernels.size());
    const auto split = setting.split(kernels, {.check = true});
    CHECK(slowest(split) <= slowest(whole));
    const std::int64_t interval = std::max(slowest(split), streamed_beats(kernels, kWidestBeat));
    if (split.size() > whole.size()) CHECK(interval < slowest(whole));
    faster += interval < slowest(whole) ? 1 : 0;
    for (std::size_t k = 0; k < kernels.size(); ++k) {
      const auto is_whole = [&](const ScheduledKernel& each) { return each.kernel.name == kernels[k].name; };
      const bool keeps_up = merged_interval_of(whole[k].kernel, whole[k].nests) <= interval;
      CHECK(std::ranges::any_of(split, is_whole) == keeps_up);
      kept += keeps_up ? 1 : 0;
    }
  }
  CHECK(faster >= 40);
  CHECK(kept >= 40);
}
