#include "systemgen/synth/timing.hpp"

#include <fmt/format.h>

#include <charconv>
#include <sstream>

namespace sluice {
namespace {

std::string after(const std::string& line, std::string_view mark) {
  const auto begin = mark.size();
  return line.substr(begin, line.find(" (", begin) - begin);
}

/// "name (cell)   required   actual   slack (MET)": the name and the slack.
bool parse_endpoint(const std::string& line, EndpointSlack& found) {
  const bool timed = line.ends_with(" (MET)") || line.ends_with(" (VIOLATED)");
  const auto name_end = line.find(" (");
  if (!timed || name_end == std::string::npos) return false;
  const auto number_end = line.rfind(" (");
  const auto number_begin = line.rfind(' ', number_end - 1) + 1;
  if (number_begin <= name_end) return false;
  found.endpoint = line.substr(0, name_end);
  const auto [end, error] = std::from_chars(line.data() + number_begin, line.data() + number_end, found.slack_ps);
  return error == std::errc();
}

}  // namespace

std::string timing_script(const TimingJob& job) {
  std::string script;
  const auto line = [&](const std::string& text) { script += text + "\n"; };
  for (const auto& file : job.liberty_files) line("read_liberty " + file);
  line("read_verilog " + job.netlist);
  line(fmt::format("link_design {{{}}}", job.top));
  line("set_cmd_units -time ps -capacitance fF");
  line(fmt::format("create_clock -name clock -period {} [get_ports {}]", job.period_ps, job.clock));
  line("set inputs {}");
  line(fmt::format(
      "foreach port [all_inputs] {{ if {{[get_property $port full_name] != \"{}\"}} {{ lappend inputs $port "
      "}} }}",
      job.clock));
  line("if {[llength $inputs] > 0} {");
  line(fmt::format("set_input_delay {} -clock clock $inputs", job.input_delay_ps));
  if (!job.driver.empty()) line(fmt::format("set_driving_cell -lib_cell {} $inputs", job.driver));
  line("}");
  for (const auto& [pattern, delay_ps] : job.input_delays_ps) {
    line(
        fmt::format("if {{[llength [get_ports -quiet {{{0}}}]] > 0}} {{ set_input_delay {1} -clock clock [get_ports "
                    "{{{0}}}] }}",
                    pattern, delay_ps));
  }
  line(fmt::format("set_output_delay {} -clock clock [all_outputs]", job.output_delay_ps));
  line(fmt::format("set_load {} [all_outputs]", job.output_load_ff));
  line(fmt::format("report_checks -format end -group_count {} -digits 1", job.paths));
  line("report_checks -digits 1");
  line("puts {timing done}");
  return script;
}

Expected<TimingResult> parse_timing(std::string_view output) {
  constexpr std::string_view kStart = "Startpoint: ";
  constexpr std::string_view kEnd = "Endpoint: ";
  TimingResult result;
  bool done = false;
  std::istringstream lines{std::string(output)};
  for (std::string line; std::getline(lines, line);) {
    EndpointSlack endpoint;
    if (line.starts_with(kStart)) result.start = after(line, kStart);
    if (line.starts_with(kEnd)) result.end = after(line, kEnd);
    if (result.start.empty() && parse_endpoint(line, endpoint)) result.endpoints.push_back(std::move(endpoint));
    done = done || line == "timing done";
  }
  if (!done) return Diagnostic{"timing", fmt::format("OpenSTA did not come to its end:\n{}", output), ""};
  return result;
}

}  // namespace sluice
