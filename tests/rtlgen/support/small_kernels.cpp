#include "small_kernels.hpp"

#include "core/kernel/builder.hpp"

namespace sluice::test {
namespace {

constexpr ScalarType kFloat = ScalarType::floating(kFloat32);
constexpr ScalarType kByte = ScalarType::signed_integer(8);
constexpr ScalarType kWord = ScalarType::signed_integer(32);

Kernel named(const std::string& name) {
  Kernel kernel;
  kernel.name = name;
  kernel.operation = name;
  kernel.onnx_nodes = {name};
  return kernel;
}

ArrayId input(Kernel& kernel, const std::string& name, ScalarType type, Shape shape) {
  return add_array(kernel, {name, type, std::move(shape), ArrayRole::input, name, {}});
}

ArrayId output(Kernel& kernel, const std::string& name, ScalarType type, Shape shape) {
  return add_array(kernel, {name, type, std::move(shape), ArrayRole::output, name, {}});
}

Value zero(NestBuilder& nest, ScalarType type) { return nest.constant(type, 0); }

/// The sum of `term` over the iterations since `first` held last.
Value sum_since(NestBuilder& nest, Value first, Value term, std::int64_t distance = 1) {
  const ScalarType type = nest.type(term);
  const Value before = nest.delay(type, distance);
  const Value sum = nest.add(nest.select(first, zero(nest, type), before), term);
  nest.close(before, sum);
  nest.name(sum, "sum");
  return sum;
}

Kernel convolution() {
  Kernel kernel = named("convolution");
  constexpr int kSize = 4;
  const auto x = input(kernel, "x", kFloat, {2, kSize, kSize});
  const auto w = input(kernel, "w", kFloat, {2, 2, 3, 3});
  const auto y = output(kernel, "y", kFloat, {2, kSize, kSize});
  kernel.token_loops = {{"oh", kSize}};
  NestBuilder nest(kernel, "conv");
  const auto oh = nest.token(0);
  const auto oc = nest.loop("oc", 2);
  const auto ow = nest.loop("ow", kSize);
  const auto ic = nest.loop("ic", 2);
  const auto kh = nest.loop("kh", 3);
  const auto kw = nest.loop("kw", 3);
  const AffineExpr row = oh + kh - AffineExpr(1);
  const AffineExpr column = ow + kw - AffineExpr(1);
  auto conditions = in_range(row, kSize);
  for (const auto& condition : in_range(column, kSize)) conditions.push_back(condition);
  const Value inside = nest.guard(conditions);
  const Value pixel = nest.select(inside, nest.load(x, {ic, row, column}, inside), zero(nest, kFloat));
  const Value product = nest.multiply(pixel, nest.load(w, {oc, ic, kh, kw}));
  const Value sum = sum_since(nest, nest.guard({is_zero(ic + kh + kw)}), product);
  const Value last = nest.guard({is_zero(ic + kh + kw - AffineExpr(5))});
  nest.store(y, {oc, oh, ow}, nest.maximum(sum, zero(nest, kFloat)), last);
  return kernel;
}

Kernel matrix_product() {
  Kernel kernel = named("matrix_product");
  const auto a = input(kernel, "a", kFloat, {3, 5});
  const auto b = input(kernel, "b", kFloat, {5, 4});
  const auto c = input(kernel, "c", kFloat, {4});
  const auto y = output(kernel, "y", kFloat, {3, 4});
  kernel.token_loops = {{"m", 3}};
  NestBuilder nest(kernel, "matmul");
  const auto m = nest.token(0);
  const auto n = nest.loop("n", 4);
  const auto k = nest.loop("k", 5);
  const Value product = nest.multiply(nest.load(a, {m, k}), nest.load(b, {k, n}));
  const Value sum = sum_since(nest, nest.guard({is_zero(k)}), product);
  nest.store(y, {m, n}, nest.add(sum, nest.load(c, {n})), nest.guard({is_zero(k - AffineExpr(4))}));
  return kernel;
}

Kernel softmax() {
  Kernel kernel = named("softmax");
  constexpr int kRow = 6;
  const auto x = input(kernel, "x", kFloat, {2, kRow});
  const auto y = output(kernel, "y", kFloat, {2, kRow});
  const auto top = add_array(kernel, {"top", kFloat, {1}, ArrayRole::scratch, "", {}});
  const auto power = add_array(kernel, {"power", kFloat, {kRow}, ArrayRole::scratch, "", {}});
  const auto total = add_array(kernel, {"total", kFloat, {1}, ArrayRole::scratch, "", {}});
  kernel.token_loops = {{"row", 2}};
  {
    NestBuilder nest(kernel, "maximum");
    const auto i = nest.loop("i", kRow);
    const Value value = nest.load(x, {nest.token(0), i});
    const Value before = nest.delay(kFloat, 1);
    const Value most = nest.maximum(nest.select(nest.guard({is_zero(i)}), value, before), value);
    nest.close(before, most);
    nest.store(top, {AffineExpr(0)}, most, nest.guard({is_zero(i - AffineExpr(kRow - 1))}));
  }
  {
    NestBuilder nest(kernel, "sum");
    const auto i = nest.loop("i", kRow);
    const Value below = nest.subtract(nest.load(x, {nest.token(0), i}), nest.load(top, {AffineExpr(0)}));
    const Value eighth = nest.multiply(below, nest.constant(kFloat32, 0.125));
    Value result = nest.add(eighth, nest.constant(kFloat32, 1.0));
    for (int k = 0; k < 3; ++k) result = nest.multiply(result, result);
    nest.store(power, {i}, result);
    const Value sum = sum_since(nest, nest.guard({is_zero(i)}), result);
    nest.store(total, {AffineExpr(0)}, sum, nest.guard({is_zero(i - AffineExpr(kRow - 1))}));
  }
  {
    NestBuilder nest(kernel, "divide");
    const auto i = nest.loop("i", kRow);
    nest.store(y, {nest.token(0), i}, nest.divide(nest.load(power, {i}), nest.load(total, {AffineExpr(0)})));
  }
  return kernel;
}

Kernel normalisation() {
  Kernel kernel = named("normalisation");
  constexpr int kRow = 8;
  const auto x = input(kernel, "x", kFloat, {2, kRow});
  const auto y = output(kernel, "y", kFloat, {2, kRow});
  const auto mean = add_array(kernel, {"mean", kFloat, {1}, ArrayRole::scratch, "", {}});
  const auto deviation = add_array(kernel, {"deviation", kFloat, {1}, ArrayRole::scratch, "", {}});
  kernel.token_loops = {{"row", 2}};
  {
    NestBuilder nest(kernel, "moments");
    const auto i = nest.loop("i", kRow);
    const Value value = nest.load(x, {nest.token(0), i});
    const Value first = nest.guard({is_zero(i)});
    const Value last = nest.guard({is_zero(i - AffineExpr(kRow - 1))});
    const Value share = nest.constant(kFloat32, 1.0 / kRow);
    const Value average = nest.multiply(sum_since(nest, first, value), share);
    const Value squares = nest.multiply(sum_since(nest, first, nest.multiply(value, value)), share);
    const Value variance = nest.subtract(squares, nest.multiply(average, average));
    nest.store(mean, {AffineExpr(0)}, average, last);
    nest.store(deviation, {AffineExpr(0)},
               nest.unary(Opcode::square_root, nest.add(variance, nest.constant(kFloat32, 1.0))), last);
  }
  {
    NestBuilder nest(kernel, "scale");
    const auto i = nest.loop("i", kRow);
    const Value centred = nest.subtract(nest.load(x, {nest.token(0), i}), nest.load(mean, {AffineExpr(0)}));
    nest.store(y, {nest.token(0), i}, nest.divide(centred, nest.load(deviation, {AffineExpr(0)})));
  }
  return kernel;
}

Kernel quantised_product() {
  Kernel kernel = named("quantised_product");
  const auto a = input(kernel, "a", kByte, {3, 6});
  const auto b = input(kernel, "b", kByte, {6, 2});
  const auto y = output(kernel, "y", kByte, {3, 2});
  kernel.token_loops = {{"m", 3}};
  NestBuilder nest(kernel, "matmul");
  const auto m = nest.token(0);
  const auto k = nest.loop("k", 6);
  const auto n = nest.loop("n", 2);
  const Value product = nest.multiply(nest.load(a, {m, k}), nest.load(b, {k, n}), kWord);
  const Value sum = sum_since(nest, nest.guard({is_zero(k)}), product, 2);
  const Value scaled = nest.binary(Opcode::shift_right, nest.multiply(sum, nest.integer(kWord, 77)),
                                   nest.constant(ScalarType::unsigned_integer(4), 9));
  const Value clamped = nest.maximum(nest.minimum(scaled, nest.integer(kWord, 127)), nest.integer(kWord, -128));
  nest.store(y, {m, n}, nest.convert(clamped, kByte), nest.guard({is_zero(k - AffineExpr(5))}));
  return kernel;
}

}  // namespace

std::vector<Kernel> small_kernels() {
  return {convolution(), matrix_product(), softmax(), normalisation(), quantised_product()};
}

}  // namespace sluice::test
