#!/usr/bin/env bash
# Keras 3.15.1 on TensorFlow 2.21.0 for the CPU.
# Expected: a Functional model that calls an operation, as ops.sigmoid(x), is saved as .h5 only if it can be opened again, as the
#   same model is as .keras.
# Seen: save() writes the .h5 without a word that the operations get lost, with all weights and a configuration that holds the
#   operation; load_model() then knows no such layer:
#     .keras opens, .h5 refused (Unknown layer: 'Sigmoid')
# Where this concerns us: loadKeras opens both (src/saving/keras/operations.ts, test/saving/operators.test.ts).
# Exits 0 while it is so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet tensorflow-cpu==2.21.0 keras==3.15.1
cat >"$folder/look.py" <<'PY'
import sys
import warnings

import keras
from keras import layers, ops

warnings.simplefilter("ignore")
x = keras.Input((2,))
model = keras.Model(x, ops.sigmoid(layers.Dense(3)(x)))


def opening(ending):
    file = sys.argv[1] + "/model" + ending
    model.save(file)
    try:
        keras.models.load_model(file)
        return "opens"
    except Exception as error:
        return "refused (Unknown layer: 'Sigmoid')" if "Unknown layer: 'Sigmoid'" in str(error) else f"refused: {error}"


print(f".keras {opening('.keras')}, .h5 {opening('.h5')}")
PY
seen=$(TF_CPP_MIN_LOG_LEVEL=3 "$folder/venv/bin/python" "$folder/look.py" "$folder" 2>/dev/null)
echo "$seen"
[ "$seen" = ".keras opens, .h5 refused (Unknown layer: 'Sigmoid')" ]
