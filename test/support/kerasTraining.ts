import { loadKeras } from '../../src/saving/loadKeras';
import { tf } from '../../src/tensorflow/tf';
import { runPython } from './keras';

type Numbers = [values: number[], shape: number[]];

/** What Keras measured and learned with a model after it had saved it. */
export interface KerasTraining {
  file: string;
  x: Numbers[];
  y: Numbers[];
  /** Loss and metrics of `evaluate` in batches of two, before the training. */
  evaluated: number[];
  /** Loss and metrics of `evaluate` in batches of two, after it. */
  evaluatedAfter: number[];
  /** All weights after three steps with the whole batch. */
  trained: number[][];
}

const SCRIPT = `
import json, sys, numpy as np, keras, tensorflow as tf
from keras import layers, regularizers
folder = sys.argv[1]
tf.config.run_functions_eagerly(True)  # No graphs for a handful of steps
keras.utils.set_random_seed(1)
rng = np.random.default_rng(1)
told = {}

def as_list(values):
    return values if isinstance(values, list) else [values]

def numbers(values):
    return [[np.ravel(v).tolist(), list(np.shape(v))] for v in as_list(values)]

def train(name, model, x, y):
    """Saves a compiled model, and trains it three steps."""
    x = [np.asarray(a, 'float32') for a in as_list(x)]
    given = x if len(x) > 1 else x[0]
    evaluate = lambda: np.ravel(model.evaluate(given, y, batch_size=2, verbose=0)).tolist()
    file = f'{folder}/{name}'
    model.save(file)
    evaluated = evaluate()
    for _ in range(3): model.train_on_batch(given, y)
    told[name] = {'file': file, 'x': numbers(x), 'y': numbers(y), 'evaluated': evaluated, 'evaluatedAfter': evaluate(),
        'trained': [np.ravel(w.numpy()).tolist() for w in model.trainable_weights + model.non_trainable_weights]}
`;

/**
 * Runs Python that builds and compiles models and calls `train(name, model, x, y)`; one start of Keras for all of them.
 *
 * @param folder where the files are saved, under their names
 */
export function trainInKeras(
  folder: string,
  script: string,
): Promise<Record<string, KerasTraining>> {
  return runPython(`${SCRIPT}\n${script}\nprint(json.dumps(told))`, [folder]);
}

/** Does with the saved model what Keras did with it. */
export async function trainHere(
  keras: KerasTraining,
): Promise<Pick<KerasTraining, 'evaluated' | 'evaluatedAfter' | 'trained'>> {
  const model = await loadKeras(keras.file);
  const [x, y] = [keras.x, keras.y].map((all) =>
    all.map(([values, shape]) => tf.tensor(values, shape)),
  ) as [tf.Tensor[], tf.Tensor[]];
  const evaluate = () => {
    const values = [model.evaluate(x, y, { batchSize: 2 })].flat();
    const numbers = values.map((value) => value.dataSync()[0]!);
    tf.dispose(values);
    return numbers;
  };
  const evaluated = evaluate();
  const batchSize = x[0]!.shape[0];
  await model.fit(x, y, { epochs: 3, batchSize, shuffle: false, verbose: 0 });
  const trained = model.getWeights().map((weight) => Array.from(weight.dataSync()));
  const evaluatedAfter = evaluate();
  model.dispose();
  tf.dispose([x, y]);
  return { evaluated, evaluatedAfter, trained };
}
