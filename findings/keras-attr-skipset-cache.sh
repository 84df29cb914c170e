#!/usr/bin/env bash
# Keras 3.15.1, on TensorFlow 2.21.0 for the CPU.
# Expected: what of an object is not saved is worked out once for each class, as the cache in keras.src.saving.saving_lib means
#   to: a model of 20 Dense layers needs a new Layer for two classes, Layer and Sequential.
# Seen: the cache is read under one name and written under another, so that a new Layer is made for each object that is
#   looked at, in saving and in loading:
#     20 Dense saved: 21 layers made for it; loaded: 21; with the function cached: 2, then 0
# Where this concerns us: a tenth of the time in which the tests save and load Keras' files; test/support/kerasServer.py caches
#   the function.
# Exits 0 while it is so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet tensorflow-cpu==2.21.0 keras==3.15.1
cat >"$folder/count.py" <<'PY'
import functools
import sys

import keras
from keras.src.saving import saving_lib

file = f"{sys.argv[1]}/model.keras"
model = keras.Sequential([keras.Input((2,)), *[keras.layers.Dense(2) for _ in range(20)]])
made = 0
layer = keras.layers.Layer
new = layer.__init__


def counted(self, *args, **kwargs):
    global made
    made += type(self) is layer
    new(self, *args, **kwargs)


layer.__init__ = counted


def count(work):
    global made
    made = 0
    work()
    return made


saved, loaded = count(lambda: model.save(file)), count(lambda: keras.models.load_model(file))
saving_lib.get_attr_skipset = functools.cache(saving_lib.get_attr_skipset)
again = count(lambda: model.save(file)), count(lambda: keras.models.load_model(file))
print(f"20 Dense saved: {saved} layers made for it; loaded: {loaded}; with the function cached: {again[0]}, then {again[1]}")
PY
seen=$(TF_CPP_MIN_LOG_LEVEL=3 "$folder/venv/bin/python" "$folder/count.py" "$folder" 2>/dev/null)
echo "$seen"
[ "$seen" = '20 Dense saved: 21 layers made for it; loaded: 21; with the function cached: 2, then 0' ]
