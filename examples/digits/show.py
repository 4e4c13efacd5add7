#!/usr/bin/python3
"""Shows what the simulated hardware recognised: show.py OUTPUT_FOLDER, after `sluice --verify`.

Reads OUTPUT_FOLDER/report.json and, from this folder, the images, their golden scores and labels.
Needs only Python's standard library.
"""

import json
import pathlib
import shutil
import struct
import sys

HERE = pathlib.Path(__file__).resolve().parent
SHADES = " .:-=+*#%@"
WIDTH = 16  # two characters a pixel


def read_varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def read_floats(path):
    """The raw_data (field 9) of a serialized float32 TensorProto, flat."""
    data = path.read_bytes()
    at = 0
    while at < len(data):
        tag, at = read_varint(data, at)
        length, after = read_varint(data, at)  # a plain integer, unless the field carries bytes
        if tag & 7 == 2:
            at, after = after, after + length
        if tag == 9 << 3 | 2:
            return struct.unpack(f"<{length // 4}f", data[at:after])
        at = after
    raise ValueError(f"{path}: no raw_data")


def draw(pixels, caption):
    """Nine lines of WIDTH characters: 8 rows of pixels in 0..1 and the caption."""
    shades = [SHADES[round(p * (len(SHADES) - 1))] * 2 for p in pixels]
    return ["".join(shades[row : row + 8]) for row in range(0, 64, 8)] + [caption.center(WIDTH)]


def main():
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    report = json.loads((folder / "report.json").read_text())
    verify = report["verify"]
    labels = [int(line) for line in (HERE / "labels.txt").read_text().split()]

    pictures, right, deviation = [], 0, 0.0
    for k, outputs in enumerate(verify["outputs"]):
        case = HERE / "images" / f"test_data_set_{k}"
        scores = next(output["values"] for output in outputs if output["tensor"] == "scores")
        golden = read_floats(case / "output_0.pb")
        digit = scores.index(max(scores))
        right += digit == labels[k]
        deviation = max([deviation] + [abs(s - g) for s, g in zip(scores, golden)])
        pictures.append(draw(read_floats(case / "input_0.pb"), f"label {labels[k]}, read {digit}"))

    per_line = max(1, shutil.get_terminal_size((100, 24)).columns // (WIDTH + 2))
    for start in range(0, len(pictures), per_line):
        print()
        for line in zip(*pictures[start : start + per_line]):
            print("  ".join(line).rstrip())
    cycles = {key: "-" if count is None else f"{count:,}" for key, count in report["cycles"].items()}
    print(f"""
right digits       {right} of {len(pictures)}
golden scores      largest deviation {deviation:.2g}
mismatches         {verify["mismatches"]} of {verify["elements"]} elements, simulation against reference
latency            {cycles["latency"]} cycles, predicted {cycles["predicted_latency"]}
interval           {cycles["interval"]} cycles, predicted {cycles["predicted_interval"]}
multipliers        {report["multipliers"]} for {report["macs"]:,} multiply-accumulates an image
Verilog            {", ".join(sorted(str(path) for path in folder.rglob("*.v"))) or folder}
report             {folder / "report.json"}""")


if __name__ == "__main__":
    main()
