#pragma once

#include <onnx/onnx_pb.h>

#include <cstdint>
#include <string>
#include <vector>

namespace sluice::test {

/// The bytes of one of the models, damaged as files get damaged: cut off, bits flipped, bytes lost or overwritten, or
/// continued with a part of another.
std::string mutate_bytes(std::uint32_t seed, const std::vector<std::string>& models);

/// One of the models with changed contents: dimensions, types, attributes, operators, wiring, shapes that are operands.
onnx::ModelProto mutate_contents(std::uint32_t seed, const std::vector<std::string>& models);

}  // namespace sluice::test
