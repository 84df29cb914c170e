#!/usr/bin/env bash
# TensorFlow 2.21.0 with Keras 3.15.1: tf.lite.TFLiteConverter.from_concrete_functions(funcs, trackable_obj).
#
# Expected, by its documentation, which has the object that a function belongs to given beside it («A reference to this object
# needs to be maintained so that Variables do not get garbage collected»): with the Keras model there the file answers as the
# model does, as it does without.
# Seen: with the model beside its function the converter says nothing and writes a file without the weights, which answers
# something else than the model. from_keras_model writes all of them.
#
#   {"from_keras_model": [true, "right"], "function alone": [true, "right"], "function and model": [false, "wrong"]}
#   (each: whether the file is large enough to hold half of the weights, and its answer)
# Where this concerns us: scripts/phones/convert.py.
# Exits 0 while it is so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet keras==3.15.1 tensorflow-cpu==2.21.0 >&2
cat > convert.py <<'EOF'
import json

import keras
import numpy as np
import tensorflow as tf
from keras import layers

keras.utils.set_random_seed(1)
model = keras.Sequential([keras.Input((64,), batch_size=1), layers.Dense(256, activation="relu"), layers.Dense(1)])
x = np.ones((1, 64), "float32")
wanted = model.predict_on_batch(x)
signature = tf.TensorSpec((1, 64), tf.float32)
function = tf.function(lambda given: model(given)).get_concrete_function(signature)
converters = {
    "from_keras_model": tf.lite.TFLiteConverter.from_keras_model(model),
    "function alone": tf.lite.TFLiteConverter.from_concrete_functions([function]),
    "function and model": tf.lite.TFLiteConverter.from_concrete_functions([function], model),
}
seen = {}
for name, converter in converters.items():
    content = converter.convert()
    interpreter = tf.lite.Interpreter(model_content=content)
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], x)
    interpreter.invoke()
    answer = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])
    is_right = bool(np.allclose(answer, wanted, atol=1e-4))
    holds_weights = len(content) > 2 * model.count_params()
    seen[name] = [holds_weights, "right" if is_right else "wrong"]
print(json.dumps(seen))
EOF
seen=$(TF_CPP_MIN_LOG_LEVEL=3 CUDA_VISIBLE_DEVICES=-1 venv/bin/python convert.py 2> /dev/null | tail -n 1)
echo "TensorFlow 2.21.0, Keras 3.15.1: $seen"
[ "$seen" = '{"from_keras_model": [true, "right"], "function alone": [true, "right"], "function and model": [false, "wrong"]}' ]
