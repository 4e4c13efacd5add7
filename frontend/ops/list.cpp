#include <vector>

#include "frontend/ops/op_def.hpp"

namespace sluice {

const OpDef& averagepool_op();
const OpDef& conv_op();
const OpDef& flatten_op();
const OpDef& gemm_op();
const OpDef& globalaveragepool_op();
const OpDef& globalmaxpool_op();
const OpDef& matmul_op();
const OpDef& maxpool_op();
const OpDef& reshape_op();

std::span<const OpDef> op_list() {
  static const std::vector<OpDef> list{
      averagepool_op(),        //
      conv_op(),               //
      flatten_op(),            //
      gemm_op(),               //
      globalaveragepool_op(),  //
      globalmaxpool_op(),      //
      matmul_op(),             //
      maxpool_op(),            //
      reshape_op(),            //
  };
  return list;
}

}  // namespace sluice
