"""Writes a model of Keras as ONNX: to_onnx.py MODEL.keras MODEL.onnx"""

import sys

import keras
import numpy as np

source, target = sys.argv[1:]
model = keras.models.load_model(source, compile=False)
model(np.zeros((1, 150, 150, 3), np.float32))  # without a call the export fails
model.export(target, format="onnx", verbose=False)
