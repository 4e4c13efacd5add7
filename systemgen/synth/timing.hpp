#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/diag/expected.hpp"

namespace sluice {

/// The slack of the worst path that ends at a register or an output.
struct EndpointSlack {
  std::string endpoint;  ///< "u_conv1/sum_q_3_/D"
  double slack_ps = 0;
};

/// What static timing analysis says of a design.
struct TimingResult {
  std::vector<EndpointSlack> endpoints;  ///< the worst first; empty if nothing is timed
  std::string start;                     ///< of the worst path: the register, memory or input that it leaves
  std::string end;

  [[nodiscard]] double worst_slack_ps() const { return endpoints.empty() ? 0 : endpoints.front().slack_ps; }
};

/// A netlist of library cells that is to be analysed.
struct TimingJob {
  std::vector<std::string> liberty_files;  ///< relative to the folder that OpenSTA runs in
  std::string netlist;
  std::string top;
  std::string clock;  ///< port
  double period_ps = 0;
  double input_delay_ps = 0;   ///< after the clock's edge
  double output_delay_ps = 0;  ///< before the next one
  std::string driver;          ///< cell that drives the inputs; may be empty
  double output_load_ff = 0;
  std::map<std::string, double> input_delays_ps;  ///< of inputs whose names fit a pattern with '*', instead
  std::size_t paths = 1;                          ///< endpoints to list, at most
};

/// The Tcl script that makes OpenSTA (2019) say what `parse_timing` reads.
std::string timing_script(const TimingJob& job);

/// An error if that is not there.
Expected<TimingResult> parse_timing(std::string_view output);

}  // namespace sluice
