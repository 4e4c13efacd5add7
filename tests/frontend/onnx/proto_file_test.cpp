#include "frontend/onnx/proto_file.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include "frontend/onnx/import.hpp"

namespace sluice::test {
namespace {

std::string refusal(const std::string& bytes) {
  const auto model = parse_model_proto(bytes, "m.onnx");
  REQUIRE_FALSE(model);
  return to_string(model.errors());
}

bool says(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("files that are no models are refused with a guess what they are") {
  CHECK(says(refusal(""), "the file is empty"));
  CHECK(says(refusal("hello"), "this is no ONNX model"));
  CHECK(says(refusal(std::string("PK\3\4 and so on")), "zip archive"));
  CHECK(says(refusal("version https://git-lfs.github.com/spec/v1\n"), "git lfs pull"));
  CHECK(says(refusal(std::string("\x1c\0\0\0TFL3....", 12)), "TensorFlow Lite"));
  CHECK(says(refusal(std::string("\x08\x07", 2)), "it has no graph"));
}

TEST_CASE("paths that are no files are refused") {
  const auto missing = import_onnx("/no/such/model.onnx");
  REQUIRE_FALSE(missing);
  CHECK(to_string(missing.errors()) == "/no/such/model.onnx: there is no such file (check the path)\n");
  const auto folder = import_onnx(std::filesystem::temp_directory_path());
  REQUIRE_FALSE(folder);
  CHECK(says(to_string(folder.errors()), "this is a folder"));
  CHECK_FALSE(import_onnx("/dev/zero"));
}

}  // namespace sluice::test
