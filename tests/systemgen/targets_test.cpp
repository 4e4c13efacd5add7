#include <doctest/doctest.h>
#include <fmt/format.h>

#include <fstream>
#include <optional>
#include <string>

#include "core/target/target.hpp"
#include "systemgen/flow.hpp"
#include "tests/frontend/support/models.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

// No function asks for a unit that is too slow for the clock that a target has by itself.

using namespace sluice;
using namespace sluice::test;

namespace {

struct Function {
  const char* name;
  const char* text;  ///< of what x becomes
};

constexpr Function kFunctions[]{
    {"softmax", "y = Softmax <axis = -1> (x)"},
    {"sigmoid", "y = Sigmoid (x)"},
    {"tanh", "y = Tanh (x)"},
    {"erf", "y = Erf (x)"},
    {"gelu", "e = Erf (x) y = Mul (x, e)"},
    {"logarithm", "y = Log (x)"},
    {"power", "y = Pow (x, x)"},
    {"root", "y = Sqrt (x)"},
    {"division", "y = Div (x, x)"},
    {"norm", "y = LayerNormalization <axis = -1> (x, scale)"},
};

onnx::ModelProto model_of(const Function& function, const std::string& type) {
  const auto element = type == "float" ? ElementType::float32 : ElementType::float16;
  const std::string text = fmt::format("agraph ({0}[2,6] x) => ({0}[2,6] y) {{ {1} }}", type, function.text);
  if (text.find("scale") == std::string::npos) return parse_text(text, {});
  return parse_text(text, {{"scale", test::random_tensor(TensorType{element, {6}}, 1)}});
}

/// The errors of building the model for the target, at its own clock; "" if there are none.
std::string errors_of(const onnx::ModelProto& model, const std::string& target, int optimisation) {
  const test::TemporaryFolder place;
  FlowOptions options;
  options.model = place.path() / "model.onnx";
  std::ofstream(options.model, std::ios::binary) << model.SerializeAsString();
  options.output = place.path() / "out";
  options.target = target;
  options.optimisation = optimisation;
  options.goal.multipliers = optimisation > 1 ? std::optional<std::int64_t>(8) : std::nullopt;
  options.stop_after = Stage::lower;
  Progress silent(false);
  const auto result = run_flow(options, silent);
  return result ? "" : to_string(result.errors());
}

void check_all(const std::string& target, const std::string& type) {
  CAPTURE(target);
  for (const auto& function : kFunctions) {
    CAPTURE(function.name);
    for (const int optimisation : {1, 2}) CHECK(errors_of(model_of(function, type), target, optimisation) == "");
  }
}

}  // namespace

TEST_CASE("every function is built for every family of targets at its own clock") {
  for (const char* target : {"generic", "xc7", "ecp5", "ice40", "asap7", "sg13g2"}) check_all(target, "float");
}

TEST_SUITE("slow") {
  TEST_CASE("every function is built for every target that is large enough in float32 and float16") {
    for (const auto& target : Target::names()) {
      if (target == "ice40-up5k") continue;  // a small part: not every function fits
      for (const char* type : {"float", "float16"}) check_all(target, type);
    }
  }
}
