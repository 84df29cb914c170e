#!/usr/bin/env bash
# Keras 3.15.1 on TensorFlow 2.21.0 for the CPU, on an x86 processor with AVX-512.
# Expected: what a model says of a picture of NaN is NaN, however it is asked, and so is the loss of a training with it.
# Seen: model(x) is NaN, model.predict(x) is 0.5, and fit reports a loss of 0.6931, epoch after epoch, while the weights of the
#   convolution are NaN. In a graph TensorFlow puts convolution, bias and relu into one op of oneDNN, whose relu makes 0 of NaN:
#     model(x) nan, predict 0.5, loss [0.6931, 0.6931], finite weights: [False, True, True, True]
#   With TF_ENABLE_ONEDNN_OPTS=0 all of it is NaN:
#     model(x) nan, predict nan, loss [nan, nan], finite weights: [False, False, False, False]
# Where this concerns us: src/tensorflow/graph/notFinite.ts, test/tensorflow/graph/notFinite.test.ts.
# Exits 0 while it is so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet tensorflow-cpu==2.21.0 keras==3.15.1
cat >"$folder/nan.py" <<'PY'
import keras
import numpy as np
from keras import layers

model = keras.Sequential(
    [
        layers.Input((8, 8, 3)),
        layers.Conv2D(4, 3, activation="relu"),
        layers.Flatten(),
        layers.Dense(1, activation="sigmoid"),
    ]
)
model.compile("adam", "binary_crossentropy")
x = np.full((4, 8, 8, 3), np.nan, "float32")
y = np.array([[0], [1], [0], [1]], "float32")
direct, predicted = float(model(x)[0, 0]), float(model.predict(x, verbose=0)[0, 0])
losses = [round(loss, 4) for loss in model.fit(x, y, epochs=2, verbose=0).history["loss"]]
finite = [bool(np.isfinite(weight).all()) for weight in model.get_weights()]
print(f"model(x) {direct}, predict {predicted}, loss {losses}, finite weights: {finite}")
PY
export TF_CPP_MIN_LOG_LEVEL=3
with=$("$folder/venv/bin/python" "$folder/nan.py" 2>/dev/null)
without=$(TF_ENABLE_ONEDNN_OPTS=0 "$folder/venv/bin/python" "$folder/nan.py" 2>/dev/null)
printf '%s\n' "$with" "TF_ENABLE_ONEDNN_OPTS=0: $without"
[ "$with" = "model(x) nan, predict 0.5, loss [0.6931, 0.6931], finite weights: [False, True, True, True]" ]
[ "$without" = "model(x) nan, predict nan, loss [nan, nan], finite weights: [False, False, False, False]" ]
