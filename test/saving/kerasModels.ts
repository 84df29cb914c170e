import { runPython } from '../support/keras';

/** What Keras computed with a model at the moment when it saved it. */
export interface KerasModel {
  file: string;
  input: number[];
  shape: number[];
  output: number[];
  /** The losses of its next steps of training on that input, with 0 and 1 as targets in turn. */
  losses: number[];
}

const SCRIPT = `
import json, sys, numpy as np, keras, tensorflow as tf
from keras import layers
folder = sys.argv[1]
tf.config.run_functions_eagerly(True)  # No graphs for a handful of steps
keras.utils.set_random_seed(1)
rng = np.random.default_rng(1)
told = {}

def randomize(model):
    """Weights as after a training: statistics of BatchNormalization too, away from 0 and 1."""
    for v in model.variables:
        r = rng.standard_normal(v.shape).astype('float32')
        if v.path.endswith('variance'): v.assign(1 + 0.5 * np.abs(r))
        elif v.path.endswith('gamma'): v.assign(1 + 0.1 * r)
        elif len(v.shape) == 1: v.assign(0.1 * r)
        elif len(v.shape) > 1: v.assign(r * np.sqrt(2 / np.prod(v.shape[:2] if 'depthwise' in v.path else v.shape[:-1])))
    for layer in model.layers:
        if isinstance(layer, layers.Normalization): layer.finalize_state()

def save(name, model, x=None, steps=0, also=None):
    """A file, or two of the same model; then it trains."""
    if x is None: x = rng.random((2,) + model.input_shape[1:]).astype('float32')
    y = (np.arange(len(x)) % 2).astype('float32')[:, None]
    train = lambda: float(np.ravel(model.train_on_batch(x, y))[0])
    if steps: train(), train()
    output = model.predict_on_batch(x)
    names = [name, also] if also else [name]
    for name in names: model.save(folder + '/' + name)
    losses = [train() for _ in range(steps)]
    for name in names:
        told[name] = {'file': folder + '/' + name, 'input': x.ravel().tolist(), 'shape': list(x.shape),
            'output': output.ravel().tolist(), 'losses': losses}
`;

/**
 * Runs Python that builds models and calls `save(name, model)`; one start of Keras for all of them.
 *
 * @param folder where the files are saved, under their names
 */
export function kerasModels(folder: string, script: string): Promise<Record<string, KerasModel>> {
  return runPython(`${SCRIPT}\n${script}\nprint(json.dumps(told))`, [folder]);
}
