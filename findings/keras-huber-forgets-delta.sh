#!/usr/bin/env bash
# Keras 3.15.1 on TensorFlow 2.21.0 for the CPU.
# Expected: a loss that is written into a model's file comes back with its settings, as CategoricalCrossentropy does with
#   label_smoothing, and as Keras documents get_config and from_config.
# Seen: Huber(delta=0.3) does not write its delta, and is read as Huber(delta=1.0): of an error of 2 the loss is 0.555 before and
#   1.5 after, and a model that is saved, opened and trained on learns with the other one:
#     label_smoothing 0.3 -> 0.3, Huber of an error of 2: 0.555 -> 1.5
# Where this concerns us: loadKeras reads the delta where a file has one; a file of Keras has none, and trains on with 1 as there
#   (test/saving/objectivesWithSettings.test.ts).
# Exits 0 while it is so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet tensorflow-cpu==2.21.0 keras==3.15.1
cat >"$folder/look.py" <<'PY'
import keras
import numpy as np


def again(loss):
    return keras.losses.deserialize(keras.losses.serialize(loss))


def error_of_two(loss):
    return round(float(loss(np.array([[0.0]]), np.array([[2.0]]))), 6)


smoothed = keras.losses.CategoricalCrossentropy(label_smoothing=0.3)
huber = keras.losses.Huber(delta=0.3)
print(
    f"label_smoothing 0.3 -> {again(smoothed).get_config()['label_smoothing']}, "
    f"Huber of an error of 2: {error_of_two(huber)} -> {error_of_two(again(huber))}"
)
PY
seen=$(TF_CPP_MIN_LOG_LEVEL=3 "$folder/venv/bin/python" "$folder/look.py" 2>/dev/null)
echo "$seen"
[ "$seen" = 'label_smoothing 0.3 -> 0.3, Huber of an error of 2: 0.555 -> 1.5' ]
