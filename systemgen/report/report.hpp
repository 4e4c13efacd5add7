#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "binder/stats.hpp"
#include "systemgen/kernel_lanes.hpp"
#include "systemgen/output/rtl_files.hpp"
#include "systemgen/report/device_use.hpp"
#include "systemgen/report/memories.hpp"
#include "systemgen/report/network_facts.hpp"
#include "systemgen/verify/verification.hpp"

namespace sluice {

/// One accelerator, in figures.
struct ActorFacts {
  std::string name;
  std::string kernel;                   ///< what it computes: ONNX's operator type
  std::vector<std::string> onnx_nodes;  ///< that it implements
  std::vector<std::string> reads_from;  ///< names of the actors whose results it reads, each once
  std::size_t stage = 0;                ///< from 0 on; actors of one stage run at the same time
  std::int64_t macs = 0;
  std::int64_t cycles = 0;           ///< of one frame
  int ii = 1;                        ///< initiation interval where it spends most cycles
  std::map<std::string, int> units;  ///< count by kind
  std::int64_t register_bits = 0;
  std::int64_t memory_bits = 0;  ///< weights and scratch
  BindingStats binding;
  KernelLanes lanes;
  std::vector<std::string> bounded_by;  ///< arrays whose ports keep a nest's initiation interval up

  [[nodiscard]] std::int64_t multipliers() const;  ///< built: units that multiply
  /// MACs / (cycles x multipliers); none without MACs.
  [[nodiscard]] std::optional<double> mac_efficiency() const;
  /// What it can't exceed: MACs / (iterations x multipliers). Below 1 where lanes don't divide the trips of their
  /// loops, or where multipliers are there for something else than MACs. None without MACs.
  [[nodiscard]] std::optional<double> efficiency_bound() const;
};

/// Everything that a run has to say: DIR/report.json and the table on the terminal.
struct Report {
  std::string model;
  std::string target;
  std::string area_unit;  ///< the target's, "LUT6"
  double clock_ns = 0;
  std::vector<ActorFacts> actors;
  std::vector<MemoryFacts> memories;
  std::string device;                   ///< the part; empty: the target is none
  std::vector<ResourceUse> device_use;  ///< empty without a device
  std::int64_t buffer_bits = 0;         ///< of the channels' memories
  std::int64_t predicted_latency = 0;
  std::int64_t predicted_interval = 0;
  std::optional<NetworkFacts> network;  ///< of a dataflow system
  std::string top;
  RtlFiles files;
  std::vector<std::string> testbench;  ///< files
  std::vector<StreamPort> ports;
  std::optional<Verification> verification;  ///< only if it was simulated
  std::size_t frames = 0;
  std::vector<std::pair<std::string, double>> seconds;  ///< by stage
  double peak_rss_mb = 0;

  [[nodiscard]] std::int64_t macs() const;
  [[nodiscard]] std::int64_t multipliers() const;  ///< built: units that multiply
  [[nodiscard]] double unit_area() const;          ///< of all actors' units, in the target's area unit
  [[nodiscard]] std::int64_t register_bits() const;
  [[nodiscard]] std::int64_t memory_bits() const;  ///< weights, scratch and buffers
  /// MACs / (interval x multipliers); none without multipliers.
  [[nodiscard]] std::optional<double> mac_efficiency() const;
};

/// The text of report.json.
std::string json_text(const Report& report);

/// A short table for people.
std::string to_table(const Report& report);

/// The most memory that this process has had so far, in MB (2^20 bytes).
double peak_rss_mb();

}  // namespace sluice
