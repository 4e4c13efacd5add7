#include <array>

#include "frontend/passes/pass.hpp"

namespace sluice {

std::size_t remove_dead(TensorGraph& graph);
std::size_t fold_constants(TensorGraph& graph);
std::size_t remove_identities(TensorGraph& graph);
std::size_t fold_transposes(TensorGraph& graph);
std::size_t absorb_pads(TensorGraph& graph);
std::size_t fold_channel_constants(TensorGraph& graph);
std::size_t gemm_from_matmul(TensorGraph& graph);
std::size_t fold_batch_normalization(TensorGraph& graph);
std::size_t separate_scales(TensorGraph& graph);
std::size_t remove_reshapes(TensorGraph& graph);
std::size_t fuse_residuals(TensorGraph& graph);
std::size_t fuse_epilogues(TensorGraph& graph);
std::size_t fuse_products(TensorGraph& graph);
std::size_t separate_outputs(TensorGraph& graph);

std::span<const Pass> pass_list() {
  static constexpr std::array kPasses{
      Pass{"remove-dead", remove_dead},
      Pass{"fold-constants", fold_constants},
      Pass{"remove-identities", remove_identities},
      Pass{"fold-transposes", fold_transposes},
      Pass{"absorb-pads", absorb_pads},
      Pass{"fold-channel-constants", fold_channel_constants},
      Pass{"gemm-from-matmul", gemm_from_matmul},
      Pass{"fold-batch-normalization", fold_batch_normalization},
      Pass{"fold-channel-constants", fold_channel_constants},
      Pass{"separate-scales", separate_scales},
      Pass{"remove-reshapes", remove_reshapes},
      Pass{"fold-transposes", fold_transposes},
      Pass{"fuse-residuals", fuse_residuals},
      Pass{"fuse-epilogues", fuse_epilogues},
      Pass{"fuse-products", fuse_products},
      Pass{"separate-outputs", separate_outputs},
  };
  return kPasses;
}

}  // namespace sluice
