#!/usr/bin/env bash
# Keras 3.15.1 on TensorFlow 2.21.0 for the CPU.
# Expected: to save a model changes nothing in it, and a .keras file tells with which optimizer it was compiled.
# Seen: after the same model was saved as .h5, it is saved as .keras without its optimizer. load_model() says nothing, and
#   compiles it with RMSprop, so that a training goes on with another optimizer, its state gone:
#     before Adam, after RMSprop
#   The .h5 itself has Adam.
# Why: model_metadata() in keras/src/legacy/saving/saving_utils.py takes "optimizer" out of the very dictionary in which the model
#   keeps how it was compiled (training_config.pop).
# Where this concerns us: src/saving/keras/optimizer.ts, test/saving/objectiveNames.test.ts.
# Exits 0 while it is so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet tensorflow-cpu==2.21.0 keras==3.15.1
cat >"$folder/optimizer.py" <<'PY'
import sys

import keras

folder = sys.argv[1]
model = keras.Sequential([keras.layers.Input((3,)), keras.layers.Dense(1)])
model.compile(keras.optimizers.Adam(), "mse")


def optimizer_of(file):
    model.save(file)
    return type(keras.models.load_model(file).optimizer).__name__


before = optimizer_of(f"{folder}/before.keras")
model.save(f"{folder}/between.h5")
after = optimizer_of(f"{folder}/after.keras")
print(f"before {before}, after {after}")
PY
seen=$(TF_CPP_MIN_LOG_LEVEL=3 "$folder/venv/bin/python" "$folder/optimizer.py" "$folder" 2>/dev/null)
echo "$seen"
[ "$seen" = 'before Adam, after RMSprop' ]
