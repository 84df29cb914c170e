"""Asks the server as NVIDIA's own client does, and prints what it says: client.py HOST:PORT MODEL PICTURE EXPECTED."""

import json
import sys

import numpy as np
import tritonclient.http as http
from tritonclient.utils import InferenceServerException

url, model, picture, expected = sys.argv[1:]
expected = np.array(json.loads(expected), np.float32)
client = http.InferenceServerClient(url)

assert client.is_server_live() and client.is_server_ready() and client.is_model_ready(model)
print("extensions", client.get_server_metadata()["extensions"])
metadata = client.get_model_metadata(model)
_, height, width, channels = metadata["inputs"][0]["shape"]
names = metadata["outputs"][0]["parameters"]["class_names"]

with open(picture, "rb") as file:
    encoded = file.read()
files = np.array([encoded, encoded], dtype=object)


def ask(name, array, datatype, binary, outputs=True, **more):
    tensor = http.InferInput(name, list(array.shape), datatype)
    tensor.set_data_from_numpy(array, binary_data=binary)
    asked = [
        http.InferRequestedOutput(each, binary_data=binary) for each in ("probabilities", "class")
    ]
    result = client.infer(model, [tensor], outputs=asked if outputs else None, request_id="7", **more)
    assert result.get_response()["id"] == "7"
    return result.as_numpy("probabilities"), result.as_numpy("class")


def same(what, answers):
    probabilities, classes = answers
    assert np.allclose(probabilities, expected, atol=1e-6), (what, probabilities, expected)
    wanted = [names[i] for i in expected.argmax(-1)] * len(classes)
    got = [each.decode() if isinstance(each, bytes) else each for each in classes]
    assert got == wanted, (what, got)
    print(f"{what}: {probabilities[0].tolist()} {got[0]}")


same("files as bytes", ask("picture", files, "BYTES", True))
same("files as bytes, all outputs", ask("picture", files, "BYTES", True, outputs=False))
same("files as bytes, packed", ask("picture", files, "BYTES", True, request_compression_algorithm="gzip"))

pixels = np.random.default_rng(1).integers(0, 256, (2, height, width, channels))
as_float = ask("pixels", pixels.astype(np.float32), "FP32", True)
for datatype, binary in [("FP32", False), ("UINT8", True), ("UINT8", False), ("INT32", True), ("FP64", True)]:
    array = pixels.astype({"FP32": "f4", "UINT8": "u1", "INT32": "i4", "FP64": "f8"}[datatype])
    probabilities, classes = ask("pixels", array, datatype, binary)
    assert np.allclose(probabilities, as_float[0], atol=1e-6), (datatype, probabilities)
    print(f"pixels {datatype} {'binary' if binary else 'JSON'}: {probabilities[0].tolist()}")

for wrong in [("pixels", pixels[:, 1:].astype(np.float32), "FP32"), ("image", files, "BYTES")]:
    try:
        ask(*wrong, True)
    except InferenceServerException as error:
        print("refused:", error.status(), error.message())
    else:
        raise AssertionError(wrong)
