#include "systemgen/synth/timing.hpp"

#include <doctest/doctest.h>

using namespace sluice;

TEST_CASE("endpoints with their slacks, and the worst path's ends") {
  const auto result = parse_timing(R"(Warning: something.
max_delay/setup group clock

                                     Required Actual
Endpoint                              Delay  Delay  Slack
---------------------------------------------------------
u_a/x[3]_reg/D (sg13g2_dfrbpq_1)     2871.9 3692.5 -820.6 (VIOLATED)
y_o[0] (output)                      2800.0 2751.3 48.7 (MET)

Startpoint: u_a/_2454_ (rising edge-triggered flip-flop clocked by clock)
Endpoint: u_a/x[3]_reg (rising edge-triggered flip-flop clocked by clock)
          -820.6   slack (VIOLATED)
timing done
)");
  REQUIRE_MESSAGE(result, to_string(result.errors()));
  REQUIRE(result->endpoints.size() == 2);
  CHECK(result->endpoints[0].endpoint == "u_a/x[3]_reg/D");
  CHECK(result->endpoints[1].endpoint == "y_o[0]");
  CHECK(result->endpoints[1].slack_ps == 48.7);
  CHECK(result->worst_slack_ps() == -820.6);
  CHECK(result->start == "u_a/_2454_");
  CHECK(result->end == "u_a/x[3]_reg");
}

TEST_CASE("a design without registers has no endpoints and an analysis that broke off is an error") {
  const auto result = parse_timing("No paths found.\ntiming done\n");
  REQUIRE(result);
  CHECK(result->endpoints.empty());
  CHECK(result->worst_slack_ps() == 0);
  CHECK(!parse_timing("max_delay/setup group clock\n"));
}
