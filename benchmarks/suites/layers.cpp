#include "benchmarks/suites/operators.hpp"
#include "benchmarks/suites/suite.hpp"

namespace sluice::bench {
namespace {

Subject conv(const char* name, const Convolution& shape, std::vector<Configuration> fast = {}) {
  return {name, [shape] { return convolution(shape); }, {}, {}, all_configurations(), std::move(fast)};
}

Subject fully_connected(const char* name, std::int64_t in, std::int64_t out, std::vector<Configuration> fast = {}) {
  return {name, [in, out] { return dense(in, out); }, {}, {}, all_configurations(), std::move(fast)};
}

Convolution depthwise(std::int64_t channels, std::int64_t size, std::int64_t stride = 1) {
  return {3, channels, channels, size, stride, channels};
}

}  // namespace

/// Images are smaller than in the networks where a simulation would take long; channels and windows are theirs.
std::vector<Subject> layers(const SuiteOptions&) {
  return {
      conv("lenet_conv5x5_1_6", {5, 1, 6, 28}),
      conv("lenet_conv5x5_6_16", {5, 6, 16, 14, 1, 1, false}),
      fully_connected("lenet_fc_400_120", 400, 120),
      fully_connected("lenet_fc_120_84", 120, 84, {{1, 0}, {2, 4}, {2, 16}, {2, 64}}),
      fully_connected("lenet_fc_84_10", 84, 10, all_configurations()),
      conv("resnet_conv7x7_s2_3_64", {7, 3, 64, 16, 2}),
      conv("resnet_conv3x3_64_64", {3, 64, 64, 4}),
      conv("resnet_conv3x3_s2_64_128", {3, 64, 128, 8, 2}),
      conv("resnet_conv1x1_64_256", {1, 64, 256, 8}),
      conv("resnet8_conv3x3_3_16", {3, 3, 16, 32}),
      conv("resnet8_conv3x3_16_16", {3, 16, 16, 16}),
      conv("mobilenet_conv3x3_s2_3_32", {3, 3, 32, 32, 2}),
      conv("mobilenet_depthwise_32", depthwise(32, 16)),
      conv("mobilenet_depthwise_s2_64", depthwise(64, 32, 2)),
      conv("mobilenet_depthwise_128", depthwise(128, 8)),
      conv("mobilenet_pointwise_32_64", {1, 32, 64, 8}),
      conv("mobilenet_pointwise_64_128", {1, 64, 128, 8}),
      fully_connected("mobilenet_fc_256_1000", 256, 1000),
  };
}

}  // namespace sluice::bench
