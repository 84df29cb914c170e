"""What many would write: FastAPI and onnxruntime behind the same weights. peer.py MODEL.onnx PORT"""

import io
import sys

import numpy as np
import onnxruntime
import uvicorn
from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from PIL import Image

model, port = sys.argv[1:]
session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
name = session.get_inputs()[0].name
app = FastAPI()


def answer(encoded):
    picture = Image.open(io.BytesIO(encoded)).convert("RGB")
    if picture.size != (150, 150):
        picture = picture.resize((150, 150), Image.Resampling.BILINEAR)
    pixels = np.asarray(picture, np.float32)[None] / 255
    sad = float(session.run(None, {name: pixels})[0][0, 0])
    return {"class": "sad" if sad > 0.5 else "happy", "probabilities": {"happy": 1 - sad, "sad": sad}}


@app.post("/predict")
async def predict(request: Request):
    return await run_in_threadpool(answer, await request.body())


print("answers", flush=True)
uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="warning")
