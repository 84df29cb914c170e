"""Does a task of the benchmark with Keras, at its default settings, and prints the answer, a JSON object.

usage: keras.py TASK
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


def load_model(file):
    model = keras.models.load_model(file, compile=False)
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


def fit(task):
    model, batch = load_model(task["model"]), task["batchSize"]
    weights = model.get_weights()
    x = np.fromfile(task["data"], "uint8").reshape(-1, *model.input_shape[1:]).astype("float32")
    x /= np.float32(255)
    y = (np.arange(len(x)) % 2).astype("float32").reshape(-1, 1)
    note = keras.callbacks.LambdaCallback(on_epoch_end=lambda *_: ends.append(time.perf_counter()))
    how = {"batch_size": batch, "epochs": task["epochs"], "shuffle": False, "verbose": 0}
    ends = [time.perf_counter()]
    losses = model.fit(x, y, callbacks=[note], **how).history["loss"]
    first, *later = np.diff(ends)
    answer = {"firstEpoch": first, "epoch": statistics.median(later)}
    answer |= {"firstEpochLoss": losses[0], "lastLoss": losses[-1]}

    model.set_weights(weights)
    answer["predictions"] = model.predict_on_batch(x[:batch]).ravel().tolist()
    if task["predictions"]:
        answer["prediction"], answer["onePicture"] = predict_one(model, x[:1], task["predictions"])
    model.reset_metrics()  # The loss that is told is the mean since then.
    answer["firstLoss"] = float(model.train_on_batch(x[:batch], y[:batch], return_dict=True)["loss"])
    return answer


def predict_one(model, picture, calls):
    """From numbers to numbers; milliseconds, the median."""
    times = []
    for _ in range(WARM_UP_CALLS + calls):
        start = time.perf_counter()
        output = model.predict_on_batch(picture)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times[WARM_UP_CALLS:]), output.ravel().tolist()


def directory(task):
    how = {"batch_size": task.get("batchSize", 32), "shuffle": "seed" in task, "seed": task.get("seed")}
    size = (task["imageSize"], task["imageSize"])
    how |= {"image_size": size, "label_mode": "binary", "verbose": False}
    return keras.utils.image_dataset_from_directory(task["folder"], **how)


def load(task):
    start = time.perf_counter()
    dataset = directory(task)
    asked, used = time.perf_counter(), time.process_time()
    batches = [x for x, _ in dataset]
    end, used = time.perf_counter(), time.process_time() - used
    pixels = np.concatenate([x.numpy() for x in batches])
    rates = {"rate": len(pixels) / (end - start), "passRate": len(pixels) / (end - asked)}
    answer = {"pictures": len(pixels), "processors": used / (end - asked), **rates}
    mean = float(pixels.mean(dtype="float64"))
    return {**answer, "mean": mean, "hash": hashlib.sha256(pixels).hexdigest()}


def whole(task):
    """What lesson 1 does, as a script."""
    dataset = directory(task).map(lambda x, y: (x / 255, y))
    history = load_model(task["model"]).fit(dataset, epochs=task["epochs"], verbose=0).history
    return {"lastLoss": history["loss"][-1]}


if __name__ == "__main__":
    task = json.loads(sys.argv[1])
    answer = {"fit": fit, "load": load, "whole": whole}[task["kind"]](task)
    python = ".".join(map(str, sys.version_info[:3]))
    versions = {"Keras": keras.__version__, "TensorFlow": tf.__version__, "Python": python}
    device = "gpu" if tf.config.list_physical_devices("GPU") else "cpu"
    print(json.dumps({**answer, "versions": versions, "device": device}))
