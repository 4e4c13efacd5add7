#include "frontend/onnx/tensor_proto.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "frontend/onnx/data_type.hpp"
#include "frontend/onnx/tensor_file.hpp"
#include "tests/frontend/support/models.hpp"

namespace sluice::test {
namespace {

namespace fs = std::filesystem;

onnx::TensorProto proto(int type, std::initializer_list<std::int64_t> dims) {
  onnx::TensorProto tensor;
  tensor.set_name("t");
  tensor.set_data_type(type);
  for (const auto extent : dims) tensor.add_dims(extent);
  return tensor;
}

std::string refusal(const onnx::TensorProto& tensor, const fs::path& folder = {}) {
  const auto value = tensor_of(tensor, folder);
  REQUIRE_FALSE(value);
  return to_string(value.errors());
}

/// A folder that exists as long as the object.
struct Folder {
  Folder()
      : path(fs::temp_directory_path() /
             ("sluice_tensor_test_" + std::to_string(reinterpret_cast<std::uintptr_t>(this)))) {
    fs::create_directories(path / "model" / "weights");
    write(path / "secret.bin");
    write(path / "model" / "weights" / "w.bin");
  }
  ~Folder() { fs::remove_all(path); }
  static void write(const fs::path& file) {
    std::ofstream(file, std::ios::binary).write("\0\0\0\0\0\0\x80\x3f\0\0\0\x40", 12);
  }

  fs::path path;
};

onnx::TensorProto external(const std::string& location, const std::string& offset = "4",
                           const std::string& length = "8") {
  auto tensor = proto(onnx::TensorProto::FLOAT, {2});
  tensor.set_data_location(onnx::TensorProto::EXTERNAL);
  const auto add = [&](const char* key, const std::string& value) {
    auto& entry = *tensor.add_external_data();
    entry.set_key(key);
    entry.set_value(value);
  };
  add("location", location);
  if (!offset.empty()) add("offset", offset);
  if (!length.empty()) add("length", length);
  return tensor;
}

}  // namespace

TEST_CASE("every element type survives being written and read") {
  for (int i = 0; i <= static_cast<int>(ElementType::boolean); ++i) {
    const Tensor tensor = random_tensor({static_cast<ElementType>(i), {2, 3}}, 5);
    CAPTURE(to_string(tensor.type()));
    const auto read = tensor_of(proto_of(tensor, "t"), {});
    REQUIRE(read);
    CHECK(*read == tensor);
    CHECK(element_type_of(onnx_type_of(tensor.element())) == tensor.element());
  }
}

TEST_CASE("elements may be in the field of their type") {
  auto t = proto(onnx::TensorProto::FLOAT, {2});
  t.add_float_data(1.5F);
  t.add_float_data(-2);
  CHECK(tensor_of(t, {})->to_doubles() == std::vector<double>{1.5, -2});
  t = proto(onnx::TensorProto::DOUBLE, {1});
  t.add_double_data(0.1);
  CHECK(tensor_of(t, {})->to_doubles() == std::vector<double>{0.1});
  t = proto(onnx::TensorProto::INT64, {});
  t.add_int64_data(-5);
  CHECK(tensor_of(t, {})->to_int64s() == std::vector<std::int64_t>{-5});
  t = proto(onnx::TensorProto::UINT32, {1});
  t.add_uint64_data(4'000'000'000);
  CHECK(tensor_of(t, {})->to_int64s() == std::vector<std::int64_t>{4'000'000'000});
  t = proto(onnx::TensorProto::INT8, {2});
  t.add_int32_data(-128);
  t.add_int32_data(127);
  CHECK(tensor_of(t, {})->to_int64s() == std::vector<std::int64_t>{-128, 127});
  t = proto(onnx::TensorProto::FLOAT16, {1});
  t.add_int32_data(0x3e00);
  CHECK(tensor_of(t, {})->to_doubles() == std::vector<double>{1.5});
  t = proto(onnx::TensorProto::BOOL, {2});
  t.add_int32_data(2);
  t.add_int32_data(0);
  CHECK(tensor_of(t, {})->to_int64s() == std::vector<std::int64_t>{1, 0});
}

TEST_CASE("raw booleans other than 0 are true, and a tensor may be empty") {
  auto t = proto(onnx::TensorProto::BOOL, {3});
  t.set_raw_data(std::string("\2\0\xff", 3));
  CHECK(tensor_of(t, {})->to_int64s() == std::vector<std::int64_t>{1, 0, 1});
  CHECK(tensor_of(proto(onnx::TensorProto::FLOAT, {0, 4}), {})->size() == 0);
}

TEST_CASE("data that do not fit the shape are refused with both sizes") {
  auto t = proto(onnx::TensorProto::FLOAT, {2, 2});
  t.set_raw_data(std::string(15, 'x'));
  CHECK(refusal(t) == "tensor 't': its shape [2,2] needs 16 bytes, but 15 are stored (the model is damaged)\n");
  t.clear_raw_data();
  t.add_float_data(1);
  CHECK(refusal(t) == "tensor 't': its shape [2,2] needs 4 elements, but 1 are stored (the model is damaged)\n");
}

TEST_CASE("shapes and types that can't be are refused") {
  CHECK(refusal(proto(onnx::TensorProto::FLOAT, {-1})).find("negative extents") != std::string::npos);
  CHECK(refusal(proto(onnx::TensorProto::FLOAT, {1 << 30, 1 << 30, 1 << 30})).find("more than") != std::string::npos);
  CHECK(refusal(proto(onnx::TensorProto::FLOAT, {1 << 20, 1 << 20})).find("more than 2147483648") != std::string::npos);
  CHECK(refusal(proto(onnx::TensorProto::STRING, {1})).find("type string") != std::string::npos);
  CHECK(refusal(proto(22, {1})).find("type int4") != std::string::npos);
  CHECK(refusal(proto(77, {1})).find("type number 77") != std::string::npos);
}

TEST_CASE("external data are read from the model's folder and below") {
  const Folder folder;
  const auto tensor = tensor_of(external("weights/w.bin"), folder.path / "model");
  REQUIRE(tensor);
  CHECK(tensor->to_doubles() == std::vector<double>{1, 2});
  CHECK(tensor_of(external("./weights/w.bin", "4", ""), folder.path / "model"));
}

TEST_CASE("external data elsewhere, missing or too short are refused") {
  const Folder folder;
  const fs::path model = folder.path / "model";
  fs::create_symlink(folder.path / "secret.bin", model / "link.bin");
  CHECK(refusal(external("../secret.bin"), model).find("outside the model's folder") != std::string::npos);
  CHECK(refusal(external("weights/../../secret.bin"), model).find("outside the model's folder") != std::string::npos);
  CHECK(refusal(external((folder.path / "secret.bin").string()), model).find("outside") != std::string::npos);
  CHECK(refusal(external("link.bin"), model).find("a link that leaves the model's folder") != std::string::npos);
  CHECK(refusal(external("nothing.bin"), model).find("is missing") != std::string::npos);
  CHECK(refusal(external("weights"), model).find("is missing") != std::string::npos);
  CHECK(refusal(external(""), model).find("no file name") != std::string::npos);
  CHECK(refusal(external("weights/w.bin", "8"), model).find("needs bytes 8 to 16 of 'weights/w.bin', which has 12") !=
        std::string::npos);
  CHECK(refusal(external("weights/w.bin", "18446744073709551615"), model).find("which has 12") != std::string::npos);
  CHECK(refusal(external("weights/w.bin", "-4"), model).find("can't be read") != std::string::npos);
  CHECK(refusal(external("weights/w.bin", "4", "4"), model).find("has 4 bytes where its shape needs 8") !=
        std::string::npos);
}

TEST_CASE("tensor files are written and read") {
  const Folder folder;
  const Tensor tensor = random_tensor({ElementType::float16, {3}}, 1);
  CHECK(write_tensor_proto(folder.path / "t.pb", tensor, "t").empty());
  CHECK(*read_tensor_proto(folder.path / "t.pb") == tensor);
  CHECK_FALSE(write_tensor_proto(folder.path / "no" / "t.pb", tensor, "t").empty());
  CHECK_FALSE(read_tensor_proto(folder.path / "no.pb"));
  CHECK_FALSE(read_tensor_proto(folder.path));
  CHECK_FALSE(read_tensor_proto(folder.path / "secret.bin"));
}

}  // namespace sluice::test
