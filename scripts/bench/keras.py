"""Does a task of the benchmark with Keras, at its default settings, and prints the answer, a JSON object.

usage: keras.py TASK, or keras.py without one: a task on each line of standard input
"""

import hashlib
import json
import statistics
import sys
import time

# This folder would come first, and this file is not the module of its name.
sys.path.pop(0)

import keras
import numpy as np
import tensorflow as tf

WARM_UP_CALLS = 20


def build(network):
    """The network that networks.js describes."""
    layers = [keras.Input((network["size"], network["size"], 3))]
    for filters in network["filters"]:
        layers += [keras.layers.Conv2D(filters, 3, activation="relu"), keras.layers.MaxPooling2D(2)]
    layers += [
        keras.layers.Flatten(),
        keras.layers.Dense(network["dense"], activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ]
    model = keras.Sequential(layers)
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


def read_weights(file, model):
    values = np.fromfile(file, "float32")
    weights = []
    for like in model.get_weights():
        weights.append(values[: like.size].reshape(like.shape))
        values = values[like.size :]
    return weights


class EpochEnds(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.times = []

    def on_epoch_end(self, epoch, logs=None):
        self.times.append(time.perf_counter())


def fit(task):
    network, batch = task["network"], task["batchSize"]
    size = network["size"]
    x = np.fromfile(task["pictures"], "uint8").reshape(-1, size, size, 3).astype("float32")
    x /= np.float32(255)
    y = np.fromfile(task["labels"], "uint8").astype("float32").reshape(-1, 1)
    model = build(network)
    weights = read_weights(task["weights"], model)
    model.set_weights(weights)
    ends = EpochEnds()
    start = time.perf_counter()
    history = model.fit(
        x, y, batch_size=batch, epochs=task["epochs"], shuffle=False, verbose=0, callbacks=[ends]
    )
    epochs = [end - begin for begin, end in zip([start, *ends.times], ends.times)]
    answer = {"epochs": epochs, "losses": history.history["loss"]}

    model.set_weights(weights)
    answer["predictions"] = model.predict_on_batch(x[:batch]).ravel().tolist()
    if task["predictions"]:
        answer["latency"], answer["onePicture"] = latency(model, x[:1], task["predictions"])
    model.reset_metrics()  # The loss that is told is the mean since then.
    answer["firstLoss"] = float(model.train_on_batch(x[:batch], y[:batch], return_dict=True)["loss"])
    return answer


def latency(model, picture, calls):
    seconds = []
    for _ in range(WARM_UP_CALLS + calls):
        start = time.perf_counter()
        output = model.predict_on_batch(picture)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds[WARM_UP_CALLS:]), output.ravel().tolist()


def directory(task, batch_size):
    side = task["imageSize"]
    return keras.utils.image_dataset_from_directory(
        task["folder"],
        label_mode="binary",
        image_size=(side, side),
        batch_size=batch_size,
        shuffle="seed" in task,
        seed=task.get("seed"),
        verbose=False,
    )


def load(task):
    start = time.perf_counter()
    dataset = directory(task, 32)
    asked, used = time.perf_counter(), time.process_time()
    batches = [x for x, _ in dataset]
    end, used = time.perf_counter(), time.process_time() - used
    arrays = [x.numpy() for x in batches]
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(np.ascontiguousarray(array))
    return {
        "fromCall": end - start,
        "pass": end - asked,
        "processors": used / (end - asked),
        "pictures": sum(array.shape[0] for array in arrays),
        "mean": float(sum(array.sum(dtype="float64") for array in arrays) / sum(array.size for array in arrays)),
        "hash": digest.hexdigest(),
    }


def whole(task):
    """What lesson 1 does, as a script."""
    dataset = directory(task, task["batchSize"]).map(lambda x, y: (x / 255, y))
    model = build(task["network"])
    model.set_weights(read_weights(task["weights"], model))
    history = model.fit(dataset, epochs=task["epochs"], verbose=0)
    return {"losses": history.history["loss"]}


def versions():
    return {
        "Keras": keras.__version__,
        "TensorFlow": tf.__version__,
        "Python": ".".join(map(str, sys.version_info[:3])),
    }


def device():
    return "gpu" if tf.config.list_physical_devices("GPU") else "cpu"


if __name__ == "__main__":
    for text in sys.argv[1:] or sys.stdin:
        task = json.loads(text)
        answer = {"fit": fit, "load": load, "whole": whole}[task["kind"]](task)
        print(json.dumps({**answer, "versions": versions(), "device": device()}), flush=True)
