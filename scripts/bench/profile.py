"""Tells where TensorFlow's own time goes in what is not met, by TensorFlow's own account, and prints a JSON object.

usage: profile.py TASK: {"network", "weights", "photographs", "steps": [{"network", "weights", "batchSize"}, …]}
"""

import glob
import json
import statistics
import sys
import time

sys.path.pop(0)  # This folder would come first, and this file is not the module of its name.

import numpy as np
import tensorflow as tf

v1 = tf.compat.v1


def outputs_of(network, weights, start):
    """The network's kernels, and its outputs for the pictures of a placeholder."""
    values = np.fromfile(weights, "float32")
    kernels = []

    def take(*shape):
        nonlocal values
        size = int(np.prod(shape))
        taken, values = values[:size].reshape(shape), values[size:]
        return tf.constant(taken)

    x = start
    for layer, filters in enumerate(network["filters"], start=1):
        kernel, bias = take(3, 3, x.shape[-1], filters), take(filters)
        kernels.append(kernel)
        x = tf.nn.conv2d(x, kernel, 1, "VALID")
        x = tf.nn.relu(tf.nn.bias_add(x, bias), name=f"convolution_{layer}")
        x = tf.nn.max_pool2d(x, 2, 2, "VALID", name=f"pooling_{layer}")
    x = tf.reshape(x, [start.shape[0], -1])
    for name, units in ("dense_1", network["dense"]), ("dense_2", 1):
        kernel, bias = take(x.shape[-1], units), take(units)
        kernels.append(kernel)
        x = tf.nn.bias_add(tf.matmul(x, kernel), bias)
        x = (tf.sigmoid if units == 1 else tf.nn.relu)(x, name=name)
    return kernels, x


def stats_of(session, outputs, feeds, runs):
    """Microseconds of each op by its name, the median of many runs, and the kind of each."""
    options = v1.RunOptions(trace_level=v1.RunOptions.FULL_TRACE)
    times, kinds = {}, {}
    for _ in range(runs):
        metadata = v1.RunMetadata()
        session.run(outputs, feeds, options=options, run_metadata=metadata)
        for device in metadata.step_stats.dev_stats:
            for node in device.node_stats:
                times.setdefault(node.node_name, []).append(
                    node.op_end_rel_micros - node.op_start_rel_micros
                )
                # Such as "Relu = _MklNativeFusedConv2D(...)".
                kinds[node.node_name] = node.timeline_label.split(" = ")[-1].split("(")[0]
    return {name: statistics.median(all) for name, all in times.items()}, kinds


def ops_of_a_picture(network, weights):
    """Microseconds of each op while one picture is predicted, in the order of the layers."""
    with tf.Graph().as_default(), v1.Session() as session:
        start = v1.placeholder("float32", [1, network["size"], network["size"], 3], "picture")
        _, outputs = outputs_of(network, weights, start)
        picture = np.random.default_rng(1).random(start.shape, "float32")
        medians, _ = stats_of(session, outputs, {start: picture}, 100)
    return {name: time for name, time in medians.items() if time >= 5 and not name.startswith("_")}


KINDS = {"BackpropFilter": "filters", "BackpropInput": "inputs", "Pool": "poolings", "Conv2D": "convolutions"}


def parts_of_a_step(network, weights, batch):
    """Milliseconds of each kind of op in a forward and backward pass over a batch, one op after the other, on one thread."""
    one_by_one = v1.ConfigProto(inter_op_parallelism_threads=-1)
    with tf.Graph().as_default(), v1.Session(config=one_by_one) as session:
        start = v1.placeholder("float32", [batch, network["size"], network["size"], 3], "pictures")
        kernels, outputs = outputs_of(network, weights, start)
        gradients = tf.gradients(tf.reduce_mean(tf.math.log(outputs)), kernels)
        pictures = np.random.default_rng(1).random(start.shape, "float32")
        medians, kinds = stats_of(session, gradients, {start: pictures}, 20)
    parts = {part: 0.0 for part in [*KINDS.values(), "else"]}
    for name, time in medians.items():
        if not name.startswith("_"):
            part = next((part for word, part in KINDS.items() if word in kinds[name]), "else")
            parts[part] += time / 1000
    return parts


def processor_time(work):
    start = time.process_time()
    work()
    return 1000 * (time.process_time() - start)


def stations_of_a_photograph(folder):
    """Milliseconds of a processor for each station of a photograph's way, the median."""
    files = sorted(glob.glob(folder + "/*/*.jpg"))[:40]
    times = {"read": [], "decode": [], "decodeToAnEighth": [], "resize": []}
    tf.config.threading.set_intra_op_parallelism_threads(1)
    for file in files:
        box = {}

        def station(name, work):
            times[name].append(processor_time(lambda: box.update({name: work()})))

        station("read", lambda: tf.io.read_file(file))
        station("decode", lambda: tf.io.decode_image(box["read"], 3, expand_animations=False))
        station("decodeToAnEighth", lambda: tf.io.decode_jpeg(box["read"], 3, ratio=8))
        station("resize", lambda: tf.image.resize(box["decode"], [256, 256]))
    return {name: statistics.median(all) for name, all in times.items()}


task = json.loads(sys.argv[1])
# First: the number of threads is set before anything has been computed.
photograph = stations_of_a_photograph(task["photographs"])
picture = ops_of_a_picture(task["network"], task["weights"])
steps = [parts_of_a_step(step["network"], step["weights"], step["batchSize"]) for step in task["steps"]]
print(json.dumps({"photograph": photograph, "picture": picture, "steps": steps}))
