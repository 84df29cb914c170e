#!/usr/bin/env bash
# Keras 3.15.1 on TensorFlow 2.21.0: the layer RandomCrop in a model that predicts.
#
# Expected, by its documentation: «At inference time, […] the input will be resized and cropped so as to return the largest
# possible window in the image that matches the target aspect ratio», and an output of the shape «(..., target_height,
# target_width, channels)», which is also the model's output_shape.
# Seen: the whole picture comes out, of another shape than the model says; a Dense behind a Flatten behind it refuses what it
# was built for.
#
#   {"output_shape": [null, 4, 4, 3], "predicted": [1, 6, 6, 3], "behind it": "ValueError"}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet keras==3.15.1 tensorflow-cpu==2.21.0 >&2
cat > crop.py <<'EOF'
import json

import keras
import numpy as np
from keras import layers

x = np.zeros((1, 6, 6, 3), 'float32')
crop = keras.Sequential([keras.Input((6, 6, 3)), layers.RandomCrop(4, 4)])
seen = {'output_shape': crop.output_shape, 'predicted': crop.predict(x, verbose=0).shape}
model = keras.Sequential([keras.Input((6, 6, 3)), layers.RandomCrop(4, 4), layers.Flatten(), layers.Dense(1)])
try:
    model.predict(x, verbose=0)
    seen['behind it'] = 'predicts'
except ValueError as error:
    seen['behind it'] = type(error).__name__
print(json.dumps(seen))
EOF
seen=$(TF_CPP_MIN_LOG_LEVEL=3 venv/bin/python crop.py 2> /dev/null)
echo "Keras 3.15.1: $seen"
[ "$seen" = '{"output_shape": [null, 4, 4, 3], "predicted": [1, 6, 6, 3], "behind it": "ValueError"}' ]
