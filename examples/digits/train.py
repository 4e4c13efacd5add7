#!/usr/bin/python3
"""Trains the digit recogniser of this folder and writes everything the example needs.

The data are the 1797 handwritten digits of 8x8 pixels that come with scikit-learn
(sklearn.datasets.load_digits); pixels are scaled to 0..1. A seeded shuffle holds back 360 images,
which the training never sees; the first 100 of them are stored. Written into the output folder:

    model.onnx                          the network: `image` [1,1,8,8] to `scores` [1,10], float32
    images/test_data_set_<k>/input_0.pb   a held-back image, in the layout of ONNX's backend tests
    images/test_data_set_<k>/output_0.pb  its golden scores, computed by reference.py in float64
    labels.txt                          the right digit of each stored image, one a line

The training is plain numpy: convolution as a matrix product over gathered patches, softmax
cross-entropy, Adam. Everything random comes from one seed and matrix products run on one thread, so
a second run on the same machine writes the same bytes; another BLAS may round differently.

Needs python3-numpy, python3-sklearn and python3-onnx; takes less than a minute.
"""

import argparse
import os
import pathlib

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy is loaded: threads would reorder additions

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from sklearn.datasets import load_digits

import reference

HELD_BACK = 360
STORED = 100
OPSET = 13
IR_VERSION = 7


class Conv:
    """Convolution, 3x3, stride 1, one pixel of zero padding."""

    def __init__(self, rng, inputs, outputs):
        fan_in = inputs * 9
        self.weight = (rng.standard_normal((outputs, inputs, 3, 3)) * np.sqrt(2 / fan_in)).astype(np.float32)
        self.bias = np.zeros(outputs, np.float32)

    def forward(self, x):
        n, channels, height, width = x.shape
        self.shape = x.shape
        padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
        windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(2, 3))
        self.patches = windows.transpose(0, 2, 3, 1, 4, 5).reshape(n * height * width, channels * 9)
        y = self.patches @ self.weight.reshape(len(self.bias), -1).T + self.bias
        return y.reshape(n, height, width, -1).transpose(0, 3, 1, 2)

    def backward(self, dy):
        n, channels, height, width = self.shape
        rows = dy.transpose(0, 2, 3, 1).reshape(-1, len(self.bias))
        self.gradients = [(rows.T @ self.patches).reshape(self.weight.shape), rows.sum(axis=0)]
        patches = rows @ self.weight.reshape(len(self.bias), -1)
        patches = patches.reshape(n, height, width, channels, 3, 3).transpose(4, 5, 0, 3, 1, 2)
        dx = np.zeros((n, channels, height + 2, width + 2), np.float32)
        for i in range(3):
            for j in range(3):
                dx[:, :, i : i + height, j : j + width] += patches[i, j]
        return dx[:, :, 1:-1, 1:-1]


class Relu:
    def forward(self, x):
        self.positive = x > 0
        return x * self.positive

    def backward(self, dy):
        return dy * self.positive


class MaxPool:
    """The largest of each 2x2 window, stride 2. A tie sends its gradient to the first."""

    def forward(self, x):
        n, channels, height, width = x.shape
        self.shape = x.shape
        windows = x.reshape(n, channels, height // 2, 2, width // 2, 2).transpose(0, 1, 2, 4, 3, 5)
        windows = windows.reshape(n, channels, height // 2, width // 2, 4)
        self.largest = windows.argmax(axis=-1)[..., None]
        return np.take_along_axis(windows, self.largest, axis=-1)[..., 0]

    def backward(self, dy):
        n, channels, height, width = self.shape
        windows = np.zeros((n, channels, height // 2, width // 2, 4), np.float32)
        np.put_along_axis(windows, self.largest, dy[..., None], axis=-1)
        windows = windows.reshape(n, channels, height // 2, width // 2, 2, 2)
        return windows.transpose(0, 1, 2, 4, 3, 5).reshape(self.shape)


class Flatten:
    def forward(self, x):
        self.shape = x.shape
        return x.reshape(len(x), -1)

    def backward(self, dy):
        return dy.reshape(self.shape)


class Gemm:
    """A dense layer; weights are [outputs, inputs], as ONNX's Gemm with transB=1 takes them."""

    def __init__(self, rng, inputs, outputs):
        self.weight = (rng.standard_normal((outputs, inputs)) * np.sqrt(2 / inputs)).astype(np.float32)
        self.bias = np.zeros(outputs, np.float32)

    def forward(self, x):
        self.x = x
        return x @ self.weight.T + self.bias

    def backward(self, dy):
        self.gradients = [dy.T @ self.x, dy.sum(axis=0)]
        return dy @ self.weight


class Adam:
    def __init__(self, parameters):
        self.parameters = parameters
        self.mean = [np.zeros_like(p) for p in parameters]
        self.square = [np.zeros_like(p) for p in parameters]
        self.steps = 0

    def step(self, gradients, rate):
        self.steps += 1
        rate *= np.sqrt(1 - 0.999**self.steps) / (1 - 0.9**self.steps)
        for p, g, m, s in zip(self.parameters, gradients, self.mean, self.square):
            m += (1 - 0.9) * (g - m)
            s += (1 - 0.999) * (g * g - s)
            p -= (rate * m / (np.sqrt(s) + 1e-8)).astype(np.float32)


def build(rng):
    """The layers by name, in order; the names become those of the ONNX nodes."""
    return {
        "conv1": Conv(rng, 1, 8),
        "relu1": Relu(),
        "pool1": MaxPool(),
        "conv2": Conv(rng, 8, 16),
        "relu2": Relu(),
        "pool2": MaxPool(),
        "flatten": Flatten(),
        "dense1": Gemm(rng, 64, 32),
        "relu3": Relu(),
        "dense2": Gemm(rng, 32, 10),
    }


def forward(layers, x):
    for layer in layers.values():
        x = layer.forward(x)
    return x


def moved(rng, images):
    """The images, half of them moved by up to 0.6 pixels in both directions (linear interpolation)."""
    still = rng.random(len(images)) < 0.5
    for axis in (2, 3):
        by = np.where(still, 0, rng.uniform(-0.6, 0.6, len(images))).astype(np.float32)[:, None, None, None]
        border = [(1, 1) if a == axis else (0, 0) for a in range(4)]
        padded = np.pad(images, border)
        before, here, after = (padded.take(range(k, k + 8), axis) for k in range(3))
        images = (1 - abs(by)) * here + np.maximum(by, 0) * before + np.maximum(-by, 0) * after
    return images


def train(layers, images, labels, epochs, rng):
    trained = [layer for layer in layers.values() if hasattr(layer, "weight")]
    adam = Adam([p for layer in trained for p in (layer.weight, layer.bias)])
    batch = 32
    for epoch in range(epochs):
        rate = 0.5 * 0.003 * (1 + np.cos(np.pi * epoch / epochs))
        loss = 0.0
        order = rng.permutation(len(images))
        for start in range(0, len(images), batch):
            chosen = order[start : start + batch]
            scores = forward(layers, moved(rng, images[chosen]))
            exps = np.exp(scores - scores.max(axis=1, keepdims=True))
            probabilities = exps / exps.sum(axis=1, keepdims=True)
            right = (np.arange(len(chosen)), labels[chosen])
            loss -= np.log(probabilities[right] + 1e-12).sum()
            dy = probabilities
            dy[right] -= 1
            dy /= len(chosen)
            for layer in reversed(layers.values()):
                dy = layer.backward(dy)
            adam.step([g for layer in trained for g in layer.gradients], rate)
        if epoch % 20 == 19:
            print(f"epoch {epoch + 1:3}: mean loss {loss / len(images):.4f}", flush=True)


def to_onnx(layers):
    nodes, initializers = [], []
    value = "image"
    for name, layer in layers.items():
        operator = type(layer).__name__
        inputs = [value]
        value = "scores" if name == list(layers)[-1] else f"{name}_out"
        if hasattr(layer, "weight"):
            for part in ("weight", "bias"):
                inputs.append(f"{name}_{part}")
                initializers.append(numpy_helper.from_array(getattr(layer, part), inputs[-1]))
        attributes = {
            "Conv": {"kernel_shape": [3, 3], "pads": [1, 1, 1, 1], "strides": [1, 1]},
            "MaxPool": {"kernel_shape": [2, 2], "strides": [2, 2]},
            "Flatten": {"axis": 1},
            "Gemm": {"transB": 1},
        }.get(operator, {})
        nodes.append(helper.make_node(operator, inputs, [value], name, **attributes))
    graph = helper.make_graph(
        nodes,
        "digits",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 1, 8, 8])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, 10])],
        initializers,
    )
    model = helper.make_model(graph, producer_name="sluice-examples", opset_imports=[helper.make_opsetid("", OPSET)])
    model.ir_version = IR_VERSION
    return model


def store(folder, model, images, labels):
    (folder / "model.onnx").write_bytes(model.SerializeToString())
    for k, image in enumerate(images):
        image = image[None]
        (scores,) = reference.evaluate(model, {"image": image})
        case = folder / "images" / f"test_data_set_{k}"
        case.mkdir(parents=True, exist_ok=True)
        for file, name, array in (("input_0", "image", image), ("output_0", "scores", scores)):
            proto = numpy_helper.from_array(np.ascontiguousarray(array, np.float32), name)
            (case / f"{file}.pb").write_bytes(proto.SerializeToString())
    (folder / "labels.txt").write_text("".join(f"{label}\n" for label in labels))


def check(folder):
    """Reads everything back as a stranger would, and compares."""
    model = onnx.load(folder / "model.onnx")
    onnx.checker.check_model(model, full_check=True)
    labels = [int(line) for line in (folder / "labels.txt").read_text().split()]
    right = 0
    for k, label in enumerate(labels):
        case = folder / "images" / f"test_data_set_{k}"
        image, golden = (numpy_helper.to_array(onnx.load_tensor(case / f)) for f in ("input_0.pb", "output_0.pb"))
        (scores,) = reference.evaluate(model, {"image": image})
        assert np.array_equal(scores.astype(np.float32), golden), f"image {k}: stored scores differ"
        right += int(scores.argmax() == label)
    print(f"stored images: {right} of {len(labels)} right")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    here = pathlib.Path(__file__).resolve().parent
    parser.add_argument("-o", "--output", type=pathlib.Path, default=here, help="output folder (default: %(default)s)")
    parser.add_argument("--epochs", type=int, default=100, help="passes over the training images (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="seed of everything random (default: %(default)s)")
    parser.add_argument("--check", action="store_true", help="only check the files that are there")
    options = parser.parse_args()
    if not options.check:
        options.output.mkdir(parents=True, exist_ok=True)
        rng = np.random.default_rng(options.seed)
        data = load_digits()
        images = (data.images / 16).astype(np.float32)[:, None]
        order = rng.permutation(len(images))
        held, seen = order[:HELD_BACK], order[HELD_BACK:]
        layers = build(rng)
        train(layers, images[seen], data.target[seen], options.epochs, rng)
        for text, part in (("training", seen), ("held-back", held)):
            right = int((forward(layers, images[part]).argmax(axis=1) == data.target[part]).sum())
            print(f"{text} images: {right} of {len(part)} right ({100 * right / len(part):.2f}%)")
        store(options.output, to_onnx(layers), images[held[:STORED]], data.target[held[:STORED]])
    check(options.output)


if __name__ == "__main__":
    main()
