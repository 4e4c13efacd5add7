#!/usr/bin/python3
"""Evaluates a small ONNX model in float64, straight from the operators' definitions.

This is the golden model of the example. It shares no code with train.py (whose convolution is a
matrix product over patches): every operator is written as the sum or maximum that the ONNX
specification states, in double precision, so its results are exact but for float32's last bit.

    reference.py model.onnx input_0.pb    prints the outputs
"""

import sys

import numpy as np
import onnx
from onnx import helper, numpy_helper


def conv(x, weight, bias, kernel_shape, pads, strides):
    """y[n,m,i,j] = bias[m] + sum over c,u,v of x[n,c,i*s+u-p,j*s+v-p] * weight[m,c,u,v]"""
    count, _, height, width = x.shape
    filters = weight.shape[0]
    rows = (height + pads[0] + pads[2] - kernel_shape[0]) // strides[0] + 1
    columns = (width + pads[1] + pads[3] - kernel_shape[1]) // strides[1] + 1
    padded = np.pad(x, ((0, 0), (0, 0), (pads[0], pads[2]), (pads[1], pads[3])))
    y = np.empty((count, filters, rows, columns))
    for n, m, i, j in np.ndindex(y.shape):
        top, left = i * strides[0], j * strides[1]
        window = padded[n, :, top : top + kernel_shape[0], left : left + kernel_shape[1]]
        y[n, m, i, j] = bias[m] + np.sum(window * weight[m])
    return y


def max_pool(x, kernel_shape, strides):
    count, channels, height, width = x.shape
    rows = (height - kernel_shape[0]) // strides[0] + 1
    columns = (width - kernel_shape[1]) // strides[1] + 1
    y = np.empty((count, channels, rows, columns))
    for n, c, i, j in np.ndindex(y.shape):
        top, left = i * strides[0], j * strides[1]
        y[n, c, i, j] = x[n, c, top : top + kernel_shape[0], left : left + kernel_shape[1]].max()
    return y


def gemm(a, b, c, transB):
    if transB:
        b = b.T
    return np.array([[np.sum(row * column) for column in b.T] for row in a]) + c


OPERATORS = {
    "Conv": conv,
    "MaxPool": max_pool,
    "Gemm": gemm,
    "Relu": lambda x: np.maximum(x, 0.0),
    "Flatten": lambda x, axis: x.reshape(int(np.prod(x.shape[:axis])), -1),
}


def evaluate(model, inputs):
    """The model's outputs, in float64, for a dictionary of its inputs."""
    values = {t.name: numpy_helper.to_array(t).astype(np.float64) for t in model.graph.initializer}
    values |= {name: np.asarray(array, np.float64) for name, array in inputs.items()}
    for node in model.graph.node:
        attributes = {a.name: helper.get_attribute_value(a) for a in node.attribute}
        values[node.output[0]] = OPERATORS[node.op_type](*(values[i] for i in node.input), **attributes)
    return [values[output.name] for output in model.graph.output]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    model = onnx.load(sys.argv[1])
    image = numpy_helper.to_array(onnx.load_tensor(sys.argv[2]))
    for output in evaluate(model, {model.graph.input[0].name: image}):
        print(output)


if __name__ == "__main__":
    main()
