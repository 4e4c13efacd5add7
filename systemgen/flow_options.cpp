#include "systemgen/flow_options.hpp"

#include "systemgen/dump_levels.hpp"

namespace sluice {

ActorOptions actor_options(const FlowOptions& options, const Target& target, double clock_ns) {
  const ResourceOptions one_of_each{clock_ns, 1, {}};
  const ResourceOptions one_multiplier{clock_ns, 0, {{"fp_mul", 1}, {"int_mul", 1}}};
  const ResourceOptions all_that_help{clock_ns, 0, {}};
  const ResourceOptions& resources = options.optimisation == 0   ? one_of_each
                                     : options.optimisation == 1 ? one_multiplier
                                                                 : all_that_help;
  return {&target, find_scheduler(options.scheduler), resources, options.optimisation > 0};
}

PipelineOptions pipeline_options(const FlowOptions& options, std::vector<PassStats>& stats, Dumper& dumper) {
  PipelineOptions pipeline{options.reassociate, {}, {options.skip, options.check_levels, {}}, &stats};
  pipeline.passes.after = [&](const PassStats& pass, const Kernel& now) { dump(dumper, std::string(pass.name), now); };
  return pipeline;
}

}  // namespace sluice
