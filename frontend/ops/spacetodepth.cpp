#include <fmt/format.h>

#include "frontend/ops/copy.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {
namespace {

Expected<CopyPlan> plan(const OpContext& context) {
  const TensorType& x = context.operands[0].type;
  const std::int64_t block = context.integer("blocksize", 0);
  if (x.shape.size() != 4 || block < 1 || x.shape[2] % block != 0 || x.shape[3] % block != 0) {
    return context.error(fmt::format("{} does not divide into blocks of {} x {}", to_string(x), block, block));
  }
  const std::int64_t channels = x.shape[1], height = x.shape[2] / block, width = x.shape[3] / block;
  Copy copy = copy_between(context, 0, 0, 4);
  copy.loops = {{x.shape[0], 0, 1, 0, 1}, {block, 1, block * channels, 2, 1}, {block, 1, channels, 3, 1},
                {channels, 1, 1, 1, 1},   {height, 2, 1, 2, block},           {width, 3, 1, 3, block}};
  return CopyPlan{{{x.element, {x.shape[0], channels * block * block, height, width}}}, {copy}};
}

}  // namespace

const OpDef& spacetodepth_op() {
  static const OpDef def = copy_op("SpaceToDepth", {"blocksize"}, plan);
  return def;
}

}  // namespace sluice
