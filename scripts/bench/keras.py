"""Does a task of the benchmark with Keras, at its default settings, and prints the answer, a JSON object.

usage: keras.py TASK, or keras.py without one: a task on each line of standard input
"""

import glob
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

v1 = tf.compat.v1
WARM_UP_CALLS = 20


def build(network, file):
    """The network that networks.js describes, and its weights."""
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
    sizes = [weight.size for weight in model.get_weights()]
    values = np.split(np.fromfile(file, "float32"), np.cumsum(sizes)[:-1])
    weights = [value.reshape(like.shape) for value, like in zip(values, model.get_weights())]
    model.set_weights(weights)
    return model, weights


def fit(task):
    batch, size = task["batchSize"], task["network"]["size"]
    x = np.fromfile(task["pictures"], "uint8").reshape(-1, size, size, 3).astype("float32")
    x /= np.float32(255)
    y = np.fromfile(task["labels"], "uint8").astype("float32").reshape(-1, 1)
    model, weights = build(task["network"], task["weights"])
    note = keras.callbacks.LambdaCallback(on_epoch_end=lambda *_: ends.append(time.perf_counter()))
    how = {"batch_size": batch, "epochs": task["epochs"], "shuffle": False, "verbose": 0}
    ends = [time.perf_counter()]
    history = model.fit(x, y, callbacks=[note], **how)
    answer = {"epochs": np.diff(ends).tolist(), "losses": history.history["loss"]}

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
    return {"whole": statistics.median(times[WARM_UP_CALLS:])}, output.ravel().tolist()


def directory(task):
    return keras.utils.image_dataset_from_directory(
        task["folder"],
        label_mode="binary",
        image_size=(task["imageSize"], task["imageSize"]),
        batch_size=task.get("batchSize", 32),
        shuffle="seed" in task,
        seed=task.get("seed"),
        verbose=False,
    )


def load(task):
    start = time.perf_counter()
    dataset = directory(task)
    asked, used = time.perf_counter(), time.process_time()
    batches = [x for x, _ in dataset]
    end, used = time.perf_counter(), time.process_time() - used
    pixels = np.concatenate([x.numpy() for x in batches])
    return {
        "fromCall": end - start,
        "pass": end - asked,
        "processors": used / (end - asked),
        "pictures": len(pixels),
        "mean": float(pixels.mean(dtype="float64")),
        "hash": hashlib.sha256(pixels).hexdigest(),
    }


def whole(task):
    """What lesson 1 does, as a script."""
    dataset = directory(task).map(lambda x, y: (x / 255, y))
    model, _ = build(task["network"], task["weights"])
    return {"losses": model.fit(dataset, epochs=task["epochs"], verbose=0).history["loss"]}


def traced_ops(task, batch, runs, is_training):
    """Microseconds, the median, and kind of each op of TensorFlow alone, by its name, in the order of their doing."""
    size, filters = task["network"]["size"], task["network"]["filters"]
    weights = iter(build(task["network"], task["weights"])[1])
    kernels, times, kinds = [], {}, {}

    def take():
        kernels.append(tf.constant(next(weights)))
        return kernels[-1], next(weights)

    one_by_one = v1.ConfigProto(inter_op_parallelism_threads=-1)
    with tf.Graph().as_default(), v1.Session(config=one_by_one if is_training else None) as session:
        x = pictures = v1.placeholder("float32", [batch, size, size, 3], "pictures")
        for layer in range(1, len(filters) + 1):
            kernel, bias = take()
            x = tf.nn.bias_add(tf.nn.conv2d(x, kernel, 1, "VALID"), bias)
            x = tf.nn.relu(x, name=f"convolution_{layer}")
            x = tf.nn.max_pool2d(x, 2, 2, "VALID", name=f"pooling_{layer}")
        x = tf.reshape(x, [batch, -1])
        for name, activation in ("dense_1", tf.nn.relu), ("dense_2", tf.sigmoid):
            kernel, bias = take()
            x = activation(tf.nn.bias_add(tf.matmul(x, kernel), bias), name=name)
        wanted = tf.gradients(tf.reduce_mean(tf.math.log(x)), kernels) if is_training else x
        feeds = {pictures: np.random.default_rng(1).random(pictures.shape, "float32")}
        options = v1.RunOptions(trace_level=v1.RunOptions.FULL_TRACE)
        for _ in range(runs):
            metadata = v1.RunMetadata()
            session.run(wanted, feeds, options=options, run_metadata=metadata)
            for node in (node for device in metadata.step_stats.dev_stats for node in device.node_stats):
                micros = node.op_end_rel_micros - node.op_start_rel_micros
                times.setdefault(node.node_name, []).append(micros)
                # Such as "Relu = _MklNativeFusedConv2D(...)".
                kinds[node.node_name] = node.timeline_label.split(" = ")[-1].split("(")[0]
    medians = {name: statistics.median(all) for name, all in times.items() if not name.startswith("_")}
    return [(name, kinds[name], micros) for name, micros in medians.items()]


KINDS = {"BackpropFilter": "filters", "BackpropInput": "inputs", "Pool": "poolings", "Conv2D": "convolutions"}


def parts_of_a_step(task):
    """Milliseconds of each kind of op in a forward and backward pass over a batch, one op after the other, on one thread."""
    parts = {part: 0.0 for part in [*KINDS.values(), "else"]}
    for _, kind, micros in traced_ops(task, task["batchSize"], 20, True):
        parts[next((part for word, part in KINDS.items() if word in kind), "else")] += micros / 1000
    return parts


def stations_of_a_photograph(folder):
    """Milliseconds of a processor for each station of a photograph's way, the median."""
    times = {"read": [], "decode": [], "decodeToAnEighth": [], "resize": []}

    def station(name, work, *args):
        start = time.process_time()
        result = work(*args)
        times[name].append(1000 * (time.process_time() - start))
        return result

    for file in sorted(glob.glob(folder + "/*/*.jpg"))[:40]:
        content = station("read", tf.io.read_file, file)
        station("decodeToAnEighth", tf.io.decode_jpeg, content, 3, 8)
        picture = station("decode", lambda: tf.io.decode_image(content, 3, expand_animations=False))
        station("resize", tf.image.resize, picture, [256, 256])
    return {name: statistics.median(all) for name, all in times.items()}


def profile(task):
    """Where TensorFlow's own time goes, by its own account, in what is not met."""
    tf.config.threading.set_intra_op_parallelism_threads(1)  # Before anything has been computed.
    photograph = stations_of_a_photograph(task["photographs"])
    picture = traced_ops(task["steps"][0], 1, 100, False)
    ops = {name: micros / 1000 for name, _, micros in picture if micros >= 5}
    return {"photograph": photograph, "ops": ops, "parts": [parts_of_a_step(step) for step in task["steps"]]}


if __name__ == "__main__":
    python = ".".join(map(str, sys.version_info[:3]))
    versions = {"Keras": keras.__version__, "TensorFlow": tf.__version__, "Python": python}
    for text in sys.argv[1:] or sys.stdin:
        task = json.loads(text)
        answer = {"fit": fit, "load": load, "whole": whole, "profile": profile}[task["kind"]](task)
        device = "gpu" if tf.config.list_physical_devices("GPU") else "cpu"
        print(json.dumps({**answer, "versions": versions, "device": device}), flush=True)
