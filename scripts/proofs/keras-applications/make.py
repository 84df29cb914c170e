"""
Makes networks of keras.applications without weights, saves each as .keras and .h5, and writes what a layer in its middle
gives for two pictures. Arguments: a folder, and names of those below. Its answer is the list `made`, with the name of each, its layer,
and the shape of what that gives; `pictures.f32` and `NAME.f32` hold the numbers.
"""

import json
import sys

import keras
import numpy as np

SIZE = (64, 64, 3)
folder, *names = sys.argv[1:]
pictures = np.random.default_rng(1).uniform(0, 255, (2, *SIZE)).astype("float32")
pictures.tofile(f"{folder}/pictures.f32")


def resnet_inside():
    """As the guides of Keras have it: the preprocessing, then the network as one layer."""
    inputs = keras.Input(SIZE)
    base = keras.applications.ResNet50(include_top=False, weights=None, input_shape=SIZE, pooling="avg")
    x = base(keras.applications.resnet50.preprocess_input(inputs))
    return keras.Model(inputs, keras.layers.Dense(5, activation="softmax")(x))


makers = {
    "MobileNetV3Small": lambda: keras.applications.MobileNetV3Small(
        input_shape=SIZE, alpha=0.5, weights=None, classes=5
    ),
    "EfficientNetV2B0": lambda: keras.applications.EfficientNetV2B0(input_shape=SIZE, weights=None, classes=5),
    "ResNet50": resnet_inside,
}


def layers_of(model):
    for layer in model.layers:
        yield from layers_of(layer) if isinstance(layer, keras.Model) else [layer]


def set_apart(model):
    """Moving averages, gamma and beta that are not 0 and 1, as a trained network has them."""
    rng = np.random.default_rng(2)
    for layer in layers_of(model):
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.set_weights([w * rng.uniform(0.5, 1.5, w.shape) + rng.uniform(0, 0.1, w.shape) for w in layer.get_weights()])


answer = []
keras.utils.set_random_seed(1)
for name in names:
    model = makers[name]()
    set_apart(model)
    for ending in ("keras", "h5"):
        model.save(f"{folder}/{name}.{ending}")
    inner = next((layer for layer in model.layers if isinstance(layer, keras.Model)), model)
    maps = [layer for layer in inner.layers if len(layer.output.shape) == 4 and layer.output.shape[1] == 4]
    layer = maps[-1]
    given = keras.applications.resnet50.preprocess_input(pictures.copy()) if inner is not model else pictures
    found = np.asarray(keras.Model(inner.inputs, layer.output)(given))
    found.astype("<f4").tofile(f"{folder}/{name}.f32")
    answer.append({"name": name, "layer": layer.name, "shape": found.shape})
print(json.dumps({"made": answer}))
