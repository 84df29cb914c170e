#!/usr/bin/env bash
# tf_keras 2.21.0 (Keras 2), on TensorFlow 2.21.0 for the CPU.
# Expected: a Functional model that calls keras.applications.resnet50.preprocess_input, as the tutorials of transfer learning
#   do, is saved as .keras as it is as .h5, and as the one of mobilenet_v2 is.
# Seen: .keras cannot be written, since the function turns the channels round by x[..., ::-1] and the writer knows no Ellipsis;
#   no file is left. .h5 is written, and gives the same numbers when it is opened again:
#     mobilenet_v2: .keras same, .h5 same; resnet50: .keras refused (Ellipsis), .h5 same
# Where this concerns us: loadKeras opens the .h5 (src/saving/keras/operationsOfKeras2.ts), and the file of the other functions
#   in test/saving/loadKeras2.test.ts is there as .keras without it.
# Exits 0 while it is so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet tensorflow-cpu==2.21.0
"$folder/venv/bin/pip" install --quiet --no-deps tf_keras==2.21.0
cat >"$folder/save.py" <<'PY'
import os
import sys

import numpy as np
import tf_keras as keras

folder = sys.argv[1]
pixels = np.arange(48, dtype="float32").reshape(1, 4, 4, 3)


def saved(name, ending):
    pictures = keras.Input((4, 4, 3))
    model = keras.Model(pictures, getattr(keras.applications, name).preprocess_input(pictures))
    file = f"{folder}/{name}{ending}"
    try:
        model.save(file)
    except Exception as error:
        return f"refused ({'Ellipsis' if 'Ellipsis' in str(error) else error}){', a file is left' if os.path.exists(file) else ''}"
    same = np.array_equal(keras.models.load_model(file)(pixels), model(pixels))
    return "same" if same else "other numbers"


print("; ".join(f"{name}: .keras {saved(name, '.keras')}, .h5 {saved(name, '.h5')}" for name in ["mobilenet_v2", "resnet50"]))
PY
export TF_CPP_MIN_LOG_LEVEL=3
seen=$("$folder/venv/bin/python" "$folder/save.py" "$folder" 2>/dev/null)
echo "$seen"
[ "$seen" = 'mobilenet_v2: .keras same, .h5 same; resnet50: .keras refused (Ellipsis), .h5 same' ]
