import json
import os
import sys

import numpy as np
from ai_edge_litert.interpreter import Interpreter

folder, shape, *files = sys.argv[1:]
pictures = np.fromfile(os.path.join(folder, "pictures.f32"), "float32").reshape(json.loads(shape))


def ask(file):
    interpreter = Interpreter(model_path=os.path.join(folder, file))
    interpreter.allocate_tensors()
    [given], [answer] = interpreter.get_input_details(), interpreter.get_output_details()
    answers = []
    for picture in pictures:
        interpreter.set_tensor(given["index"], picture[None])
        interpreter.invoke()
        answers.append(float(interpreter.get_tensor(answer["index"])[0][0]))
    return answers


print(json.dumps({"answers": [ask(file) for file in files]}))
