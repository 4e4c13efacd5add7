#include <fmt/format.h>

#include "frontend/ops/copy.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {
namespace {

Expected<CopyPlan> plan(const OpContext& context) {
  const TensorType& x = context.operands[0].type;
  const std::int64_t block = context.integer("blocksize", 0);
  const std::string mode = context.text("mode", "DCR");
  if (mode != "DCR" && mode != "CRD") return context.error(fmt::format("mode '{}' is neither DCR nor CRD", mode));
  if (x.shape.size() != 4 || block < 1 || x.shape[1] % (block * block) != 0) {
    return context.error(fmt::format("{} has no channels for blocks of {} x {}", to_string(x), block, block));
  }
  const std::int64_t channels = x.shape[1] / (block * block);
  // Input channels count block rows, block columns and channels in the order that the mode spells: D is the block.
  const bool depth_first = mode == "DCR";
  const std::int64_t channel_step = depth_first ? 1 : block * block;
  const std::int64_t column_step = depth_first ? channels : 1;
  Copy copy = copy_between(context, 0, 0, 4);
  copy.loops = {{x.shape[0], 0, 1, 0, 1},     {channels, 1, 1, 1, channel_step},
                {x.shape[2], 2, block, 2, 1}, {block, 2, 1, 1, block * column_step},
                {x.shape[3], 3, block, 3, 1}, {block, 3, 1, 1, column_step}};
  return CopyPlan{{{x.element, {x.shape[0], channels, x.shape[2] * block, x.shape[3] * block}}}, {copy}};
}

}  // namespace

const OpDef& depthtospace_op() {
  static const OpDef def = copy_op("DepthToSpace", {"blocksize", "mode"}, plan);
  return def;
}

}  // namespace sluice
