"""Trains the network of the recipe emotions with Keras on pictures that are listed, and prints what it reached as a JSON object.

usage: train.py LISTS_FILE SEED EPOCHS SIDE

LISTS_FILE holds {"train": [[path, label], ...], "test": [[path, label], ...], "classes": number}.
"""

import json
import sys
import time

import keras
import numpy as np
import tensorflow as tf

lists_file, seed, epochs, side = sys.argv[1], *map(int, sys.argv[2:5])
keras.utils.set_random_seed(seed)
with open(lists_file, encoding="utf8") as file:
    lists = json.load(file)
classes = lists["classes"]


def picture(path, label):
    # What keras.utils.image_dataset_from_directory does with a file.
    pixels = tf.io.decode_image(tf.io.read_file(path), channels=3, expand_animations=False)
    pixels = tf.image.resize(pixels, (side, side), method="bilinear")
    return tf.ensure_shape(pixels, (side, side, 3)) / 255.0, tf.one_hot(label, classes)


def part(name, shuffle=False):
    paths, labels = map(list, zip(*lists[name]))
    pictures = tf.data.Dataset.from_tensor_slices((paths, labels)).map(picture).cache()
    if shuffle:
        pictures = pictures.shuffle(len(paths), seed=seed)
    return pictures.batch(32).prefetch(2)


layers = keras.layers
model = keras.Sequential(
    [
        layers.Input((side, side, 3)),
        layers.Conv2D(16, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(32, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(16, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dense(256, activation="relu"),
        layers.Dense(classes, activation="softmax"),
    ]
)
model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
start = time.perf_counter()
history = model.fit(part("train", shuffle=True), epochs=epochs, verbose=0).history
seconds = time.perf_counter() - start
answers = model.predict(part("test"), verbose=0).argmax(1)
labels = np.array([label for _, label in lists["test"]])
recalls = [float((answers[labels == label] == label).mean()) for label in range(classes)]
print(
    json.dumps(
        {
            "parameters": model.count_params(),
            "train": history["accuracy"][-1],
            "recall": sum(recalls) / classes,
            "recalls": recalls,
            "seconds": seconds,
            "versions": {"Keras": keras.__version__, "TensorFlow": tf.__version__},
        }
    )
)
