#!/usr/bin/env bash
# tf_keras 2.21.0 (Keras 2) beside Keras 3.15.1, on TensorFlow 2.21.0 for the CPU.
# Expected: a .keras file is one format, so Keras 3 opens what Keras 2 has saved in it, as it does of a model with Dropout; or
#   says that the file is of Keras 2.
# Seen: a model with RandomFlip is refused, since Keras 2 writes where its random numbers come from (rng_type), which Keras 3's
#   layer does not take, and so is one that was compiled with a loss as an object, since Keras 2 writes the function that it
#   wraps (fn). The second model opens with compile=False:
#     Dropout opens, RandomFlip refused (rng_type), BinaryCrossentropy() refused (fn), uncompiled opens
# Where this concerns us: src/saving/keras/layerConfig.ts and objectiveForKeras3.ts write both as Keras 3 does,
#   test/saving/loadKeras2.test.ts.
# Exits 0 while it is so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet tensorflow-cpu==2.21.0 keras==3.15.1
"$folder/venv/bin/pip" install --quiet --no-deps tf_keras==2.21.0
cat >"$folder/save.py" <<'PY'
import sys

import tf_keras as keras

folder = sys.argv[1]
losses = {"dropout": "mse", "flip": "mse", "loss": keras.losses.BinaryCrossentropy()}
middle = {"dropout": keras.layers.Dropout(0.5), "flip": keras.layers.RandomFlip(), "loss": keras.layers.Dropout(0.5)}
for name, loss in losses.items():
    model = keras.Sequential([keras.layers.InputLayer((4, 4, 3)), middle[name], keras.layers.Flatten(), keras.layers.Dense(1)])
    model.compile("adam", loss)
    model.save(f"{folder}/{name}.keras")
PY
cat >"$folder/open.py" <<'PY'
import sys

import keras


def opening(name, word, compile=True):
    try:
        keras.models.load_model(f"{sys.argv[1]}/{name}.keras", compile=compile)
        return "opens"
    except Exception as error:
        return f"refused ({word})" if word and word in str(error) else f"refused otherwise: {error}"


print(
    f"Dropout {opening('dropout', '')}, RandomFlip {opening('flip', 'rng_type')}, "
    f"BinaryCrossentropy() {opening('loss', 'fn')}, uncompiled {opening('loss', '', False)}"
)
PY
export TF_CPP_MIN_LOG_LEVEL=3
"$folder/venv/bin/python" "$folder/save.py" "$folder" 2>/dev/null
seen=$("$folder/venv/bin/python" "$folder/open.py" "$folder" 2>/dev/null)
echo "$seen"
[ "$seen" = 'Dropout opens, RandomFlip refused (rng_type), BinaryCrossentropy() refused (fn), uncompiled opens' ]
