#pragma once

#include <onnx/onnx_pb.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/diag/diagnostic.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {

/// Collects the nodes whose operator is not known, or not in the model's opset: one message for each operator.
class Unsupported {
 public:
  explicit Unsupported(const onnx::ModelProto& model) : model_(&model) {}

  void add_unknown(const std::string& op, const std::string& domain, const std::string& node);
  void add_version(const OpDef& def, int opset, const std::string& node);

  [[nodiscard]] Diagnostics diagnostics() const;

 private:
  struct Entry {
    std::string what;
    std::string hint;
    std::vector<std::string> nodes;
  };

  [[nodiscard]] std::string hint_for(const std::string& op, const std::string& domain) const;

  const onnx::ModelProto* model_;
  std::map<std::pair<std::string, std::string>, Entry> entries_;  ///< by domain and operator
};

}  // namespace sluice
