#include "systemgen/control/dataflow.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "rtlgen/netlist/unused.hpp"
#include "systemgen/analysis/gates.hpp"
#include "systemgen/analysis/steady_state.hpp"
#include "systemgen/control/actor_ports.hpp"
#include "systemgen/control/boundary.hpp"
#include "systemgen/control/channel_buffer.hpp"
#include "systemgen/control/controller.hpp"
#include "systemgen/network/stream_view.hpp"

namespace sluice {
namespace {

class DataflowBuilder {
 public:
  DataflowBuilder(const TokenNetwork& network, const std::vector<ActorRtl>& actors, TimedSystem timed,
                  const std::string& top)
      : network_(&network),
        actors_(&actors),
        timed_(std::move(timed)),
        gates_(gates(timed_.network, timed_.capacities)) {
    system_.top = Module(top, fmt::format("{}: {} accelerators, each with a controller of its own. Rows of tensors go\n"
                                          "from one to the next through circular buffers.",
                                          network.name, actors.size()));
  }

  SystemRtl build() {
    Module& top = system_.top;
    const Expr aclk = top.add_input("aclk", 1);
    const Expr aresetn = top.add_input("aresetn", 1);
    system_.ports = add_stream_ports(top, *network_);
    const Expr tlast_error = top.add_output("tlast_error", 1);
    top.add_wire("clk", aclk);
    top.add_wire("rst", ~aresetn);
    add_buffers();
    declare_pulses();
    std::vector<Expr> errors;
    for (std::size_t i = 0; i < network_->inputs.size(); ++i) errors.push_back(add_receiver(i));
    top.assign(tlast_error, any_of(errors));
    for (std::size_t i = 0; i < actors_->size(); ++i) add_actor(i);
    for (std::size_t i = 0; i < network_->outputs.size(); ++i) add_sender(i);
    for (auto& buffer : buffers_) {
      system_.cells.merge(buffer.add_memories({Expr::constant(1, 1)}));
      system_.interleaved.push_back(buffer.interleaved());
      system_.copies.push_back(buffer.copies());
      system_.words.push_back(buffer.shape().words);
      system_.memory_bits += buffer.memory_bits();
    }
    system_.cells.insert("sluice_ram");
    sink_unused_bits(top);
    for (std::size_t number = 0; number < timed_.network.actors.size(); ++number)
      system_.fires.push_back(fire_net(number));
    predict();
    return std::move(system_);
  }

 private:
  /// Of an actor or port in the timed network.
  [[nodiscard]] std::size_t actor_number(std::size_t i) const { return network_->inputs.size() + i; }
  [[nodiscard]] std::size_t sender_number(std::size_t i) const { return actor_number(actors_->size() + i); }
  [[nodiscard]] const std::string& name(std::size_t number) const {
    if (number < network_->inputs.size()) return system_.ports[number].name;
    const std::size_t i = number - network_->inputs.size();
    if (i < actors_->size()) return (*network_)[network_->actors[i]].name;
    return system_.ports[number - actors_->size()].name;
  }

  [[nodiscard]] std::string fire_net(std::size_t number) const { return name(number) + "_fire"; }

  void add_buffers() {
    for (std::size_t i = 0; i < network_->channels.size(); ++i) {
      const auto& channel = network_->channels[i];
      // Tools warn of nets that drive nothing, unless their name says that this is meant.
      const std::string prefix = timed_.network.channels[i].readers.empty() ? "unused_" : "";
      const std::int64_t row = element_count(bank_shape(channel.banking)) / channel.rows.count;
      buffers_.emplace_back(system_.top, prefix + channel.name,
                            BufferShape{bank_count(channel.banking), row * timed_.capacities[i], channel.type.width()},
                            interleaved_by(channel.maker, channel));
    }
  }

  /// Words of a bank that a node accesses at once.
  [[nodiscard]] std::int64_t interleaved_by(TokenNetwork::NodeId node, const Channel& channel) const {
    const auto& user = (*network_)[node];
    if (user.kind == NetworkNode::Kind::actor) return 1;
    return stream_view(channel.banking, channel.rows, user.order, user.elements_per_beat)->interleaved;
  }

  /// Pulses of what reads and writes each channel: they are used before what drives them is there.
  void declare_pulses() {
    for (std::size_t c = 0; c < timed_.network.channels.size(); ++c) {
      const auto& channel = timed_.network.channels[c];
      const std::string unused = channel.readers.empty() ? "unused_" : "";
      written_.push_back(system_.top.add_wire(unused + channel.name + "_written", 1));
      for (const auto& reader : channel.readers) {
        read_.emplace(std::pair(c, reader.actor),
                      system_.top.add_wire(channel.name + "_read_by_" + name(reader.actor), 1));
      }
    }
  }

  Expr add_controller_of(std::size_t number, const Expr& fire, const std::optional<Expr>& next = {}) {
    std::vector<ControllerGate> own;
    for (const auto& gate : gates_[number]) {
      const bool token = gate.kind == Gate::Kind::token;
      own.push_back({token ? token_gate(timed_.network, timed_.capacities, gate.channel, gate.reader)
                           : credit_gate(timed_.network, timed_.capacities, gate.channel, gate.reader),
                     token ? written_[gate.channel] : read_.at({gate.channel, gate.neighbour})});
    }
    return add_controller(system_.top, name(number), own, fire, system_.cells, next);
  }

  PortControl add_port_control(std::size_t number, const StreamPort& port, const Rows& rows, const Expr& accessed) {
    const std::int64_t run = run_length(port.order, rows) / port.elements_per_beat;
    const Expr fire = system_.top.add_wire(fire_net(number), 1);
    const Expr next = add_firing_count(system_.top, name(number), port.beats_per_frame / run, fire, system_.cells);
    const Expr go = add_controller_of(number, fire, next);
    // While a frame's last firing is on its way, the next is the first of a frame.
    const Expr final = equal(next, Expr::constant(next.width(), 0));
    return {run, go, final, fire, accessed, system_.top.add_wire(name(number) + "_unused_done", 1)};
  }

  /// Returns the stream's TLAST error.
  Expr add_receiver(std::size_t i) {
    const auto& port = system_.ports[i];
    const auto id = network_->made_by(network_->inputs[i]).at(0);
    const auto& channel = network_->channel(id);
    const Expr error = system_.top.add_wire(port.name + "_error", 1);
    system_.cells.merge(add_receive(system_.top, port, buffers_[id.index()], channel,
                                    add_port_control(i, port, channel.rows, written_[id.index()]), error));
    return error;
  }

  void add_actor(std::size_t i) {
    const auto node = network_->actors[i];
    const ActorRtl& actor = actors_->at(i);
    const std::size_t number = actor_number(i);
    const Expr fire = system_.top.add_wire(fire_net(number), 1);
    Instance instance{actor.module.name(), "u_" + name(number), {}, {}, ""};
    instance.connections = {{"clk", Expr::net("clk", 1)},
                            {"rst", Expr::net("rst", 1)},
                            {"go_i", add_controller_of(number, fire)},
                            {"fire_o", fire},
                            {"done_o", system_.top.add_wire(name(number) + "_unused_done", 1)}};
    const auto connect_pulse = [&](const std::string& tensor, ArrayRole role, const Expr& net) {
      const auto pulse = std::ranges::find_if(
          actor.pulses, [&](const AccessPulse& each) { return each.tensor == tensor && each.role == role; });
      const auto is_it = [&](const Connection& each) { return each.port == pulse->signal; };
      if (std::ranges::none_of(instance.connections, is_it)) instance.connections.push_back({pulse->signal, net});
    };
    for (const auto edge : network_->in_edges(node)) {
      const auto& link = (*network_)[edge];
      connect_pulse(network_->channel(link.channel).tensor, ArrayRole::input, read_.at({link.channel.index(), number}));
      const ReadPort read = buffers_[link.channel.index()].add_reader(name(number), 0);
      connect_input(system_.top, instance, actor.inputs, link.arrays, read);
    }
    for (const auto id : network_->made_by(node)) {
      const auto& channel = network_->channel(id);
      connect_pulse(channel.tensor, ArrayRole::output, written_[id.index()]);
      connect_output(system_.top, instance, actor.outputs, channel.arrays, buffers_[id.index()]);
    }
    system_.top.add_instance(std::move(instance));
  }

  void add_sender(std::size_t i) {
    const auto& port = system_.ports[network_->inputs.size() + i];
    const auto id = network_->read_by(network_->outputs[i]);
    const auto& channel = network_->channel(id);
    const std::size_t number = sender_number(i);
    const ReadPort read = buffers_[id.index()].add_reader(port.name, 0, interleaved_by(network_->outputs[i], channel));
    system_.cells.merge(add_send(system_.top, port, read, channel,
                                 add_port_control(number, port, channel.rows, read_.at({id.index(), number}))));
  }

  void predict() {
    const auto frames = predicted_frames(timed_, 1);
    if (!frames.empty()) system_.predicted_latency = frames.front().latency();
    if (const auto steady = steady_state(timed_.network, timed_.capacities)) {
      const auto& interval = steady->interval;
      system_.predicted_interval = (interval.cycles + interval.frames - 1) / interval.frames;
    }
    system_.timed = std::move(timed_);
  }

  const TokenNetwork* network_;
  const std::vector<ActorRtl>* actors_;
  TimedSystem timed_;
  std::vector<std::vector<Gate>> gates_;  // by number of what waits
  SystemRtl system_;
  std::vector<ChannelBuffer> buffers_;                        // by channel
  std::vector<Expr> written_;                                 // by channel
  std::map<std::pair<std::size_t, std::size_t>, Expr> read_;  // by channel and reader's number
};

}  // namespace

SystemRtl compose_dataflow(const TokenNetwork& network, const std::vector<ActorRtl>& actors, TimedSystem timed,
                           const std::string& top) {
  return DataflowBuilder(network, actors, std::move(timed), top).build();
}

}  // namespace sluice
