#!/usr/bin/env bash
# Keras 3.15.1: EarlyStopping(patience=2, restore_best_weights=True) where the loss of the first epoch is NaN, as after one
# picture that could not be read, and those of the next ones fall.
# Expected, by its documentation («stop training when a monitored metric has stopped improving»): validation losses nan, 0.9,
#   0.8, 0.9, 0.9, 0.9 end after epoch 5, with the weights of epoch 3, as inf in the place of nan does.
# Seen: they end after epoch 3, with the weights of epoch 1.
#     inf: stops after epoch 5, restores epoch 3; nan: stops after epoch 3, restores epoch 1
# Why: the first value counts as the best whatever it is (`_is_improvement` in keras/src/callbacks/monitor_callback.py), and no
#   number is less than NaN.
# Where this concerns us: src/training/callbacks/stopEarly.ts, docs/names-from-keras-and-fastai.md.
# Exits 0 while it is so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet tensorflow-cpu==2.21.0 keras==3.15.1
cat >"$folder/stop.py" <<'PY'
import keras


def run(first):
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    stop = keras.callbacks.EarlyStopping("val_loss", mode="min", patience=2, restore_best_weights=True)
    stop.set_model(model)
    stop.on_train_begin()
    model.stop_training = False
    for epoch, loss in enumerate([first, 0.9, 0.8, 0.9, 0.9, 0.9]):
        stop.on_epoch_end(epoch, {"val_loss": loss})
        if model.stop_training:
            break
    return f"stops after epoch {epoch + 1}, restores epoch {stop.best_epoch + 1}"


print("; ".join(f"{first}: {run(float(first))}" for first in ("inf", "nan")))
PY
seen=$(TF_CPP_MIN_LOG_LEVEL=3 "$folder/venv/bin/python" "$folder/stop.py" 2>/dev/null)
echo "Keras 3.15.1: $seen"
[ "$seen" = 'inf: stops after epoch 5, restores epoch 3; nan: stops after epoch 3, restores epoch 1' ]
