"""Trains the emotion network with Keras on a split that Smile Lab made, and prints what it reached as a JSON object.

usage: train.py SPLIT_FILE DATA_FOLDER SEED EPOCHS
"""

import json
import os
import sys
import time

import keras
import tensorflow as tf

split_file, data, seed, epochs = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
keras.utils.set_random_seed(seed)
with open(split_file, encoding="utf8") as file:
    split = json.load(file)


def picture(path, label):
    # What keras.utils.image_dataset_from_directory does with a file.
    pixels = tf.io.decode_image(tf.io.read_file(path), channels=3, expand_animations=False)
    pixels = tf.image.resize(pixels, (256, 256), method="bilinear")
    return tf.ensure_shape(pixels, (256, 256, 3)) / 255.0, label


def part(name, shuffle=False):
    names = sorted(split["parts"][name])
    paths = [os.path.join(data, *each.split("/")) for each in names]
    labels = [[float(split["classNames"].index(each.split("/")[0]))] for each in names]
    pictures = tf.data.Dataset.from_tensor_slices((paths, labels)).map(picture).cache()
    if shuffle:
        pictures = pictures.shuffle(len(names), seed=seed)
    return pictures.batch(32).prefetch(2)


layers = keras.layers
model = keras.Sequential(
    [
        layers.Input((256, 256, 3)),
        layers.Conv2D(16, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(32, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(16, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dense(256, activation="relu"),
        layers.Dense(1, activation="sigmoid"),
    ]
)
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
start = time.perf_counter()
history = model.fit(
    part("train", shuffle=True), validation_data=part("validation"), epochs=epochs, verbose=0
).history
seconds = time.perf_counter() - start
print(
    json.dumps(
        {
            "parameters": model.count_params(),
            "train": history["accuracy"][-1],
            "validation": history["val_accuracy"][-1],
            "test": model.evaluate(part("test"), verbose=0)[1],
            "seconds": seconds,
            "versions": {"Keras": keras.__version__, "TensorFlow": tf.__version__},
        }
    )
)
