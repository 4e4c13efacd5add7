#include "systemgen/verify/bench_files.hpp"

#include <fmt/format.h>

#include "systemgen/network/banks.hpp"
#include "systemgen/verify/simulator_commands.hpp"

namespace sluice {
namespace {

std::string bench_folder(bool probes) { return probes ? "probe" : "sim"; }

/// The channels of the ports, in the order of the system's ports.
std::vector<ChannelId> port_channels(const TokenNetwork& network) {
  std::vector<ChannelId> channels;
  for (const auto input : network.inputs) channels.push_back(network.made_by(input).at(0));
  for (const auto output : network.outputs) channels.push_back(network.read_by(output));
  return channels;
}

/// A channel's elements of all frames, one after another, in the order of a stream.
std::vector<std::uint64_t> all_frames(std::span<const ChannelContents> frames, ChannelId channel,
                                      const StreamOrder& order) {
  std::vector<std::uint64_t> words;
  for (const auto& frame : frames) {
    const auto& contents = frame[channel.index()];
    for (std::int64_t place = 0; place < std::ssize(contents); ++place)
      words.push_back(contents[static_cast<std::size_t>(order.element(place))]);
  }
  return words;
}

/// The same as they lie in the banks.
std::vector<std::uint64_t> all_banks(std::span<const ChannelContents> frames, ChannelId id, const Banking& banking) {
  std::vector<ArrayId> arrays;
  for (std::int64_t bank = 0; bank < bank_count(banking); ++bank) arrays.emplace_back(static_cast<std::size_t>(bank));
  ArrayContents banks(arrays.size());
  std::vector<std::uint64_t> words;
  for (const auto& frame : frames) {
    scatter(banking, frame[id.index()], arrays, banks);
    for (const auto& bank : banks) words.insert(words.end(), bank.begin(), bank.end());
  }
  return words;
}

bool made_by_actor(const TokenNetwork& network, ChannelId channel) {
  return network[network.channel(channel).maker].kind == NetworkNode::Kind::actor;
}

std::string makefile() {
  const std::string image = "../sim/build/tb.vvp";
  const std::string folder = "../sim/build/verilator";
  return fmt::format(R"(# Simulates the design:   make            with Icarus Verilog
#                         make verilator  with Verilator, which builds longer and runs faster
# Options: make ARGS="+stall=30 +seed=1 +waves" (pauses in percent, another choice of them, waves.vcd)
ARGS =

icarus: build
	cd ../rtl && {0} ../sim/*.v *.v && vvp -n {1} $(ARGS)

verilator: build
	cd ../rtl && {2} ../sim/*.v *.v
	cd ../rtl && {3}/tb $(ARGS)

build:
	mkdir -p build

clean:
	rm -rf build waves.vcd

.PHONY: icarus verilator clean
)",
                     shell_line(icarus_build(image)), image, shell_line(verilator_build(folder, true)), folder);
}

}  // namespace

BenchSpec bench_spec(const Design& design, int frames, bool probes) {
  // Simulators run in rtl/, where the memory files are.
  const auto vector_path = [&](const std::string& name) { return "../" + bench_folder(probes) + "/" + name; };
  BenchSpec spec;
  spec.top = design.system.top.name();
  spec.frames = frames;
  for (const auto& port : design.system.ports) {
    const bool output = port.direction == Direction::output;
    spec.streams.push_back({port.direction, port.name, port.element_bits, port.elements_per_beat, port.beats_per_frame,
                            vector_path(port.name + (output ? ".expected.mem" : ".mem")),
                            output ? vector_path(port.name + ".actual.mem") : ""});
  }
  for (const auto& tap : design.system.taps) {
    if (!probes || !made_by_actor(design.network, tap.channel)) continue;
    const auto& channel = design.network.channel(tap.channel);
    spec.probes.push_back({channel.name, tap.enable, tap.address, tap.data, tap.address_bits, tap.data_bits,
                           channel.elements, bank_count(channel.banking), element_count(bank_shape(channel.banking)),
                           vector_path(channel.name + ".mem")});
  }
  for (const auto& net : design.system.fires) spec.fires.push_back({spec.fires.size(), net});
  // The prediction is exact; the factor leaves time for the streams of a design that is wrong to show it.
  spec.timeout_cycles = 2 * (design.system.predicted_latency + frames * design.system.predicted_interval) + 1000;
  return spec;
}

Expected<std::vector<std::string>> write_bench(const Design& design, const BenchSpec& spec,
                                               std::span<const ChannelContents> frames, OutputFolder& folder) {
  const std::string place = bench_folder(!spec.probes.empty()) + "/";
  Diagnostics errors;
  const auto write_vectors = [&](const std::string& path, const std::vector<std::uint64_t>& words, int bits,
                                 int a_line = 1) {
    const auto file = place + std::filesystem::path(path).filename().string();
    if (errors.empty()) append(errors, folder.write(file, vector_text(words, bits, static_cast<std::size_t>(a_line))));
  };
  const auto channels = port_channels(design.network);
  for (std::size_t i = 0; i < spec.streams.size(); ++i) {
    const auto& stream = spec.streams[i];
    write_vectors(stream.vectors, all_frames(frames, channels[i], design.system.ports[i].order), stream.element_bits,
                  stream.elements_per_beat);
  }
  std::size_t probe = 0;
  for (const auto& tap : design.system.taps) {
    if (spec.probes.empty() || !made_by_actor(design.network, tap.channel)) continue;
    const auto& banking = design.network.channel(tap.channel).banking;
    write_vectors(spec.probes[probe++].vectors, all_banks(frames, tap.channel, banking), tap.data_bits);
  }
  std::vector<std::string> files;
  for (const auto& part : bench_verilog()) {
    if (part.name == "sluice_write_probe.v" && spec.probes.empty()) continue;
    if (part.name == "sluice_fire_probe.v" && spec.fires.empty()) continue;
    files.push_back(place + std::string(part.name));
    append(errors, folder.write(files.back(), part.text));
  }
  files.push_back(place + "tb.v");
  append(errors, folder.write(files.back(), generate_bench(spec)));
  if (!errors.empty()) return errors;
  return files;
}

Diagnostics write_makefile(OutputFolder& folder) { return folder.write("sim/Makefile", makefile()); }

}  // namespace sluice
