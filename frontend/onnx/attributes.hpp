#pragma once

#include <onnx/onnx_pb.h>

#include <filesystem>

#include "core/diag/expected.hpp"
#include "core/tensor/tensor_graph.hpp"

namespace sluice {

/// An attribute's value; kinds that no operator of ours has (graphs, sparse tensors, ...) are refused.
Expected<Attribute> attribute_of(const onnx::AttributeProto& proto, const std::filesystem::path& folder);

/// The kind of an attribute's value, also where an old exporter did not say it.
onnx::AttributeProto::AttributeType attribute_kind(const onnx::AttributeProto& proto);

/// ONNX's name for a kind, in lower case: "int", "floats", ...
std::string kind_name(onnx::AttributeProto::AttributeType kind);

}  // namespace sluice
