"""Writes a Keras model as .tflite or .onnx, and what the files answer about pictures, for src/phones/convertInPython.ts.

The first argument is the request, in JSON. The model's own rescaling is
put in front of it, so that a file takes pixels as they are, 0 to 255.
"""

import io
import json
import os
import sys
import zipfile

import keras
import numpy as np
import tensorflow as tf

# A quantizer looks at as many pictures to see how large the numbers in the network become.
CALIBRATION = 100
OPSET = 17


def with_rescaling(model, rescale, size, batch):
    """The model behind its rescaling, for pictures of one size."""
    own = model.inputs[0].shape[1:]
    shape = (*size, *own[2:]) if size else own
    pictures = keras.Input(batch_shape=(batch, *shape), dtype="float32", name="pictures")
    given = keras.layers.Rescaling(**rescale)(pictures) if rescale else pictures
    return keras.Model(pictures, model(given, training=False))


def tflite(model, kind, pictures):
    # from_concrete_functions with the model beside its function writes no weights: findings/tflite-concrete-function-beside-its-model.sh.
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    if kind != "float32":
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
    if kind == "float16":
        converter.target_spec.supported_types = [tf.float16]
    if kind == "int8":
        places = np.unique(np.linspace(0, len(pictures) - 1, CALIBRATION).astype(int))
        converter.representative_dataset = lambda: ([pictures[i : i + 1]] for i in places)
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    return converter.convert()


def tflite_answers(content, pictures):
    interpreter = tf.lite.Interpreter(model_content=content)
    interpreter.allocate_tensors()
    [given], [answer] = interpreter.get_input_details(), interpreter.get_output_details()

    def ask(picture):
        interpreter.set_tensor(given["index"], picture)
        interpreter.invoke()
        return interpreter.get_tensor(answer["index"])[0]

    return [ask(pictures[i : i + 1]) for i in range(len(pictures))]


def with_files(content, files):
    """Behind the model a zip archive, which TensorFlow Lite does not look at, and where Android's tools look for labels."""
    whole = io.BytesIO(content)
    with zipfile.ZipFile(whole, "a") as archive:
        for name, text in files.items():
            # Without the date, the same model makes the same file.
            archive.writestr(zipfile.ZipInfo(name), text)
    return whole.getvalue()


def onnx(model, files):
    import tf2onnx

    def call(pictures):
        return {"answers": model(pictures, training=False)}

    signature = [tf.TensorSpec(model.inputs[0].shape, tf.float32, name="pictures")]
    proto, _ = tf2onnx.convert.from_function(
        tf.function(call, input_signature=signature), input_signature=signature, opset=OPSET
    )
    for value in [*proto.graph.input, *proto.graph.output]:
        value.type.tensor_type.shape.dim[0].dim_param = "n"
    for name, text in files.items():
        proto.metadata_props.add(key=name, value=text)
    return proto.SerializeToString()


def onnx_answers(content, pictures):
    import onnxruntime

    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    return [session.run(None, {"pictures": pictures[i : i + 1]})[0][0] for i in range(len(pictures))]


def main():
    request = json.loads(sys.argv[1])
    folder, files, count = request["folder"], request["files"], request["count"]
    # Behind our own packages, none of which another one may take the place of.
    sys.path.append(request["packages"])
    model = keras.models.load_model(os.path.join(folder, "model.keras"), compile=False)
    is_onnx = request["format"] == "onnx"
    whole = with_rescaling(model, request["rescale"], request["size"], None if is_onnx else 1)
    shape = (count, *whole.inputs[0].shape[1:])
    samples = os.path.join(folder, "pictures.f32")
    pictures = np.memmap(samples, "float32", "r", shape=shape) if count else np.zeros(shape, "float32")
    for kind in request["kinds"]:
        content = onnx(whole, files) if is_onnx else tflite(whole, kind, pictures)
        content = content if is_onnx else with_files(content, files)
        with open(os.path.join(folder, kind), "wb") as file:
            file.write(content)
        answers = onnx_answers(content, pictures) if is_onnx else tflite_answers(content, pictures)
        np.asarray(answers, "float32").tofile(os.path.join(folder, f"{kind}.answers"))


main()
