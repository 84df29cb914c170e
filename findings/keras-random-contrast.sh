#!/usr/bin/env bash
# Keras 3.15.1, on TensorFlow 2.21.0 for the CPU.
# Expected, as its documentation says: RandomContrast(0.5) draws a factor from 1 - 0.5 to 1 + 0.5 («when represented as a
#   single float, lower = upper»), as Keras 2 did: every second picture loses contrast.
# Seen: none does; a pair of the same number does what is expected of the number.
#     of 2000 pictures weaker: 0 % with 0.5, half with (0.5, 0.5)
# Why: _set_factor() of the base class takes max(-factor, least bound) for the lower end, and the least bound here is 0.
# Where this concerns us: src/images/augmenting/contrasting.ts does as the documentation says, and saves two numbers,
#   which mean the same on both sides; test/models/layers/augmentation.test.ts.
# Exits 0 while it is so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet tensorflow-cpu==2.21.0 keras==3.15.1
cat >"$folder/draw.py" <<'PY'
import keras
import numpy as np

pictures = np.tile(np.array([100, 140], "float32").reshape(1, 1, 2, 1), (2000, 1, 1, 1))


def words(share):
    return "half" if abs(share - 0.5) < 0.05 else f"{100 * share:.0f} %"


def weaker(factor):
    drawn = np.asarray(keras.layers.RandomContrast(factor, seed=1)(pictures, training=True))
    return words(np.mean(drawn[:, 0, 1, 0] - drawn[:, 0, 0, 0] < 40))


print(f"of 2000 pictures weaker: {weaker(0.5)} with 0.5, {weaker((0.5, 0.5))} with (0.5, 0.5)")
PY
seen=$(TF_CPP_MIN_LOG_LEVEL=3 "$folder/venv/bin/python" "$folder/draw.py" 2>/dev/null)
echo "$seen"
[ "$seen" = 'of 2000 pictures weaker: 0 % with 0.5, half with (0.5, 0.5)' ]
