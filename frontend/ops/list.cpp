#include <vector>

#include "frontend/ops/op_def.hpp"

namespace sluice {

const OpDef& abs_op();
const OpDef& add_op();
const OpDef& averagepool_op();
const OpDef& batchnormalization_op();
const OpDef& cast_op();
const OpDef& clip_op();
const OpDef& concat_op();
const OpDef& constantofshape_op();
const OpDef& conv_op();
const OpDef& convtranspose_op();
const OpDef& depthtospace_op();
const OpDef& div_op();
const OpDef& dropout_op();
const OpDef& elu_op();
const OpDef& equal_op();
const OpDef& erf_op();
const OpDef& exp_op();
const OpDef& expand_op();
const OpDef& flatten_op();
const OpDef& gather_op();
const OpDef& gemm_op();
const OpDef& globalaveragepool_op();
const OpDef& globallppool_op();
const OpDef& globalmaxpool_op();
const OpDef& greater_op();
const OpDef& greaterorequal_op();
const OpDef& hardsigmoid_op();
const OpDef& hardswish_op();
const OpDef& identity_op();
const OpDef& layernormalization_op();
const OpDef& leakyrelu_op();
const OpDef& less_op();
const OpDef& lessorequal_op();
const OpDef& log_op();
const OpDef& logsoftmax_op();
const OpDef& matmul_op();
const OpDef& max_op();
const OpDef& maxpool_op();
const OpDef& min_op();
const OpDef& mul_op();
const OpDef& neg_op();
const OpDef& pad_op();
const OpDef& pow_op();
const OpDef& prelu_op();
const OpDef& reciprocal_op();
const OpDef& reducel1_op();
const OpDef& reducel2_op();
const OpDef& reducemax_op();
const OpDef& reducemean_op();
const OpDef& reducemin_op();
const OpDef& reduceprod_op();
const OpDef& reducesum_op();
const OpDef& reducesumsquare_op();
const OpDef& relu_op();
const OpDef& reshape_op();
const OpDef& resize_op();
const OpDef& shape_op();
const OpDef& sigmoid_op();
const OpDef& size_op();
const OpDef& slice_op();
const OpDef& softmax_op();
const OpDef& softplus_op();
const OpDef& spacetodepth_op();
const OpDef& split_op();
const OpDef& sqrt_op();
const OpDef& squeeze_op();
const OpDef& sub_op();
const OpDef& tanh_op();
const OpDef& tile_op();
const OpDef& transpose_op();
const OpDef& unsqueeze_op();
const OpDef& upsample_op();
const OpDef& where_op();

std::span<const OpDef> op_list() {
  static const std::vector<OpDef> list{
      abs_op(),                 //
      add_op(),                 //
      averagepool_op(),         //
      batchnormalization_op(),  //
      cast_op(),                //
      clip_op(),                //
      concat_op(),              //
      constantofshape_op(),     //
      conv_op(),                //
      convtranspose_op(),       //
      depthtospace_op(),        //
      div_op(),                 //
      dropout_op(),             //
      elu_op(),                 //
      equal_op(),               //
      erf_op(),                 //
      exp_op(),                 //
      expand_op(),              //
      flatten_op(),             //
      gather_op(),              //
      gemm_op(),                //
      globalaveragepool_op(),   //
      globallppool_op(),        //
      globalmaxpool_op(),       //
      greater_op(),             //
      greaterorequal_op(),      //
      hardsigmoid_op(),         //
      hardswish_op(),           //
      identity_op(),            //
      layernormalization_op(),  //
      leakyrelu_op(),           //
      less_op(),                //
      lessorequal_op(),         //
      log_op(),                 //
      logsoftmax_op(),          //
      matmul_op(),              //
      max_op(),                 //
      maxpool_op(),             //
      min_op(),                 //
      mul_op(),                 //
      neg_op(),                 //
      pad_op(),                 //
      pow_op(),                 //
      prelu_op(),               //
      reciprocal_op(),          //
      reducel1_op(),            //
      reducel2_op(),            //
      reducemax_op(),           //
      reducemean_op(),          //
      reducemin_op(),           //
      reduceprod_op(),          //
      reducesum_op(),           //
      reducesumsquare_op(),     //
      relu_op(),                //
      reshape_op(),             //
      resize_op(),              //
      shape_op(),               //
      sigmoid_op(),             //
      size_op(),                //
      slice_op(),               //
      softmax_op(),             //
      softplus_op(),            //
      spacetodepth_op(),        //
      split_op(),               //
      sqrt_op(),                //
      squeeze_op(),             //
      sub_op(),                 //
      tanh_op(),                //
      tile_op(),                //
      transpose_op(),           //
      unsqueeze_op(),           //
      upsample_op(),            //
      where_op(),               //
  };
  return list;
}

}  // namespace sluice
