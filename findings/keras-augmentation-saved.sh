#!/usr/bin/env bash
# Keras 3.15.1 on TensorFlow 2.21.0: models with layers of augmentation, saved and opened again.
#
# Expected: a model that was saved opens again, as with RandomFlip, in both formats.
# Seen: RandomShear is saved in both, and opens in neither: «factor must be in the range [0, 1.0], received -0.1».
# RandomBrightness, RandomSharpness and Solarization are saved as .keras alone: as .h5 «cannot pickle 'module' object».
#
# Why: RandomShear's get_config writes its factor of 0.1 as the range [-0.1, 0.1], which its constructor refuses. The others
# hold the module of their backend, which the older format's deep copy of the configuration meets.
#
#   {"RandomFlip": ["opened", "opened"], "RandomShear": ["TypeError opening", "TypeError opening"], "RandomBrightness":
#   ["opened", "TypeError saving"], "RandomSharpness": ["opened", "TypeError saving"], "Solarization": ["opened",
#   "TypeError saving"]}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet keras==3.15.1 tensorflow-cpu==2.21.0 >&2
cat > saved.py <<'EOF'
import json

import keras
from keras import layers


def told(layer, file):
    doing = 'saving'
    try:
        keras.Sequential([keras.Input((6, 6, 3)), layer]).save(file)
        doing = 'opening'
        keras.models.load_model(file)
        return 'opened'
    except Exception as error:
        return f'{type(error).__name__} {doing}'


made = [layers.RandomFlip(), layers.RandomShear(0.1), layers.RandomBrightness(0.5), layers.RandomSharpness(0.5), layers.Solarization()]
print(json.dumps({type(layer).__name__: [told(layer, f'model.{end}') for end in ('keras', 'h5')] for layer in made}))
EOF
seen=$(TF_CPP_MIN_LOG_LEVEL=3 venv/bin/python saved.py 2> /dev/null)
echo "Keras 3.15.1: $seen"
[ "$seen" = '{"RandomFlip": ["opened", "opened"], "RandomShear": ["TypeError opening", "TypeError opening"], "RandomBrightness": ["opened", "TypeError saving"], "RandomSharpness": ["opened", "TypeError saving"], "Solarization": ["opened", "TypeError saving"]}' ]
