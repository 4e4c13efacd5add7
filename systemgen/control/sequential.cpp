#include "systemgen/control/sequential.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "rtlgen/netlist/unused.hpp"
#include "systemgen/control/actor_ports.hpp"
#include "systemgen/control/boundary.hpp"
#include "systemgen/control/channel_buffer.hpp"
#include "systemgen/control/predict.hpp"

namespace sluice {
namespace {

/// Steps of the controller: 0 receives, i + 1 runs the actors of stage i, the last sends.
class SequentialBuilder {
 public:
  SequentialBuilder(const TokenNetwork& network, const std::vector<ActorRtl>& actors, const std::string& top,
                    ActorOrder order)
      : network_(&network), actors_(&actors), stages_(stages(network, order)) {
    for (const auto stage : stages_) send_ = std::max(send_, stage + 2);
    system_.top = Module(top, header());
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
    add_steps();
    std::vector<Expr> errors;
    for (std::size_t i = 0; i < network_->inputs.size(); ++i) errors.push_back(add_receiver(i));
    top.assign(tlast_error, any_of(errors));
    for (std::size_t i = 0; i < actors_->size(); ++i) add_actor(i);
    for (std::size_t i = 0; i < network_->outputs.size(); ++i) add_sender(i);
    connect_steps();
    for (auto& buffer : buffers_) {
      system_.cells.merge(buffer.add_memories(running_));
      system_.copies.push_back(buffer.copies());
      system_.words.push_back(buffer.shape().words);
      system_.interleaved.push_back(buffer.interleaved());
      system_.memory_bits += buffer.memory_bits();
    }
    system_.cells.insert("sluice_ram");
    sink_unused_bits(system_.top);
    predict_sequential(system_, *actors_, stages_);
    return std::move(system_);
  }

 private:
  [[nodiscard]] std::string header() const {
    return fmt::format(
        "{}: {} accelerators in {} steps, one after another.\n"
        "For each frame a central controller receives all inputs, starts each accelerator when the step before it is\n"
        "done, and sends all outputs. Every tensor between them is in a buffer of its own.",
        network_->name, actors_->size(), send_ - 1);
  }

  void add_buffers() {
    for (std::size_t i = 0; i < network_->channels.size(); ++i) {
      const auto& channel = network_->channels[i];
      // Tools warn of nets that drive nothing, unless their name says that this is meant.
      const std::string prefix = is_read(ChannelId(i)) ? "" : "unused_";
      const BufferShape shape{bank_count(channel.banking), element_count(bank_shape(channel.banking)),
                              channel.type.width()};
      buffers_.emplace_back(system_.top, prefix + channel.name, shape);
      const auto& buffer = buffers_.back();
      system_.taps.push_back({ChannelId(i), buffer.write_enable().name(), buffer.write_address().name(),
                              buffer.write_data().name(), shape.address_bits(), shape.word_bits});
    }
  }

  [[nodiscard]] bool is_read(ChannelId id) const {
    const auto out = network_->out_edges(network_->channel(id).maker);
    return std::any_of(out.begin(), out.end(), [&](const auto edge) { return (*network_)[edge].channel == id; });
  }

  void add_steps() {
    start_.push_back(system_.top.add_register("start_receive_q", 1, 1, "once at reset, then after each frame"));
    for (std::size_t step = 1; step < send_; ++step)
      start_.push_back(system_.top.add_register("start_" + step_name(step) + "_q", 1, 0));
    start_.push_back(system_.top.add_register("start_send_q", 1, 0));
    done_.resize(start_.size());
    actors_done_.resize(start_.size());
    running_.resize(start_.size());
  }

  /// That of its actor, if it has one alone.
  [[nodiscard]] std::string step_name(std::size_t step) const {
    if (std::ranges::count(stages_, step - 1) > 1) return fmt::format("stage_{}", step);
    const auto actor = std::ranges::find(stages_, step - 1) - stages_.begin();
    return (*network_)[network_->actors[static_cast<std::size_t>(actor)]].name;
  }

  /// A port fires once a frame.
  PortControl port_control(const StreamPort& port, const Expr& start, const Expr& done) {
    return {port.beats_per_frame,
            start,
            Expr::constant(1, 1),
            system_.top.add_wire(port.name + "_unused_fire", 1),
            system_.top.add_wire(port.name + "_unused_accessed", 1),
            done};
  }

  /// Returns the stream's TLAST error.
  Expr add_receiver(std::size_t index) {
    const auto& port = system_.ports[index];
    const auto channel = network_->made_by(network_->inputs[index]).at(0);
    const auto& buffer = buffers_[channel.index()];
    const Expr done = system_.top.add_wire(port.name + "_done", 1);
    const Expr error = system_.top.add_wire(port.name + "_error", 1);
    system_.cells.merge(add_receive(system_.top, port, buffer, network_->channel(channel),
                                    port_control(port, start_.front(), done), error));
    receive_done_.push_back(done);
    return error;
  }

  void add_actor(std::size_t index) {
    const auto node = network_->actors[index];
    const ActorRtl& actor = actors_->at(index);
    const auto& name = (*network_)[node].name;
    const std::size_t step = stages_[index] + 1;
    actors_done_[step].push_back(system_.top.add_wire(name + "_done", 1));
    const Expr fire = system_.top.add_wire(name + (actor.firings > 1 ? "_fire" : "_unused_fire"), 1);
    Instance instance{actor.module.name(), "u_" + name, {}, {}, ""};
    instance.connections = {{"clk", Expr::net("clk", 1)},
                            {"rst", Expr::net("rst", 1)},
                            {"go_i", add_run(name, actor.firings, start_[step], fire)},
                            {"fire_o", fire},
                            {"done_o", actors_done_[step].back()}};
    for (const auto& pulse : actor.pulses)
      instance.connections.push_back({pulse.signal, system_.top.add_wire(name + "_unused_" + pulse.signal, 1)});
    for (const auto edge : network_->in_edges(node)) {
      const auto& link = (*network_)[edge];
      const ReadPort read = buffers_[link.channel.index()].add_reader(name, step);
      connect_input(system_.top, instance, actor.inputs, link.arrays, read);
    }
    for (const auto channel : network_->made_by(node)) {
      connect_output(system_.top, instance, actor.outputs, network_->channel(channel).arrays,
                     buffers_[channel.index()]);
    }
    system_.top.add_instance(std::move(instance));
  }

  /// What lets an actor fire for one frame.
  Expr add_run(const std::string& name, std::int64_t firings, const Expr& start, const Expr& fire) {
    if (firings == 1) return start;
    const Expr go = system_.top.add_wire(name + "_go", 1);
    system_.cells.insert({"sluice_run", "sluice_count"});
    system_.top.add_instance({"sluice_run",
                              "u_" + name + "_run",
                              {{"FIRINGS", fmt::format("{}", firings)}},
                              {{"clk", Expr::net("clk", 1)},
                               {"rst", Expr::net("rst", 1)},
                               {"start_i", start},
                               {"fire_i", fire},
                               {"go_o", go}},
                              ""});
    return go;
  }

  void add_sender(std::size_t index) {
    const auto& port = system_.ports[network_->inputs.size() + index];
    const auto channel = network_->read_by(network_->outputs[index]);
    const ReadPort read = buffers_[channel.index()].add_reader(port.name, send_);
    const Expr done = system_.top.add_wire(port.name + "_done", 1);
    system_.cells.merge(
        add_send(system_.top, port, read, network_->channel(channel), port_control(port, start_.back(), done)));
    send_done_.push_back(done);
  }

  /// Each step starts in the cycle after the one before it was done.
  void connect_steps() {
    done_.front() = join("receive", receive_done_);
    for (std::size_t step = 1; step < send_; ++step) done_[step] = join(step_name(step), actors_done_[step]);
    done_.back() = join("send", send_done_);
    for (std::size_t step = 0; step < start_.size(); ++step) {
      system_.top.drive(start_[step], done_[step == 0 ? send_ : step - 1]);
    }
    for (const auto& buffer : buffers_) {
      for (const auto step : buffer.sharing_steps()) add_running(step);
    }
  }

  void add_running(std::size_t step) {
    if (running_[step].valid()) return;
    std::string name = start_[step].name();
    name.replace(0, std::string("start").size(), "running");
    running_[step] = system_.top.add_register(name, 1, 0);
    system_.top.drive(running_[step], done_[step - 1] | (running_[step] & ~done_[step]));
  }

  /// A net that is 1 when the last of them is done.
  Expr join(const std::string& name, const std::vector<Expr>& done) {
    if (done.size() == 1) return done.front();
    const Expr all = system_.top.add_wire(name + "_done", 1);
    system_.top.add_instance(
        {"sluice_join",
         "u_" + name + "_join",
         {{"COUNT", fmt::format("{}", done.size())}},
         {{"clk", Expr::net("clk", 1)}, {"rst", Expr::net("rst", 1)}, {"event_i", concat(done)}, {"all_o", all}},
         ""});
    system_.cells.insert("sluice_join");
    return all;
  }

  const TokenNetwork* network_;
  const std::vector<ActorRtl>* actors_;
  std::vector<std::size_t> stages_;  ///< by actor
  std::size_t send_ = 1;             ///< the last step
  SystemRtl system_;
  std::vector<ChannelBuffer> buffers_;          ///< by channel
  std::vector<Expr> start_;                     ///< by step
  std::vector<Expr> done_;                      ///< by step
  std::vector<std::vector<Expr>> actors_done_;  ///< by step
  std::vector<Expr> running_;                   ///< by step; only where buffers need it
  std::vector<Expr> receive_done_;
  std::vector<Expr> send_done_;
};

}  // namespace

SystemRtl compose_sequential(const TokenNetwork& network, const std::vector<ActorRtl>& actors, const std::string& top,
                             ActorOrder order) {
  return SequentialBuilder(network, actors, top, order).build();
}

}  // namespace sluice
