import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { drawNoise, withNoiseStep } from '../../../src/tensorflow/graph/drawNoise';
import { tf } from '../../../src/tensorflow/tf';
import { countingGraphRuns, opByOp } from '../../support/graph';
import { runPython } from '../../support/keras';
import {
  buildModel,
  kerasFamily,
  makeBatch,
  modelFamily,
  toPlain,
  weightsByLayer,
  type ModelSpec,
  type PlainTensor,
} from '../../support/modelFamily';

const SGD_STEPS = 10;
const ADAM_STEPS = 100;

type ByLayer = Record<string, PlainTensor[]>;

/** What a model is after some steps from the same weights with the same batches. */
interface Outcome {
  loss: number;
  gradients: ByLayer;
  afterSgd: ByLayer;
  adamLoss: number;
}

/** Momentum's accumulation is, after the first step, the gradient itself. */
async function gradientsOf(model: tf.LayersModel, optimizer: tf.Optimizer): Promise<ByLayer> {
  const [, ...accumulations] = await optimizer.getWeights();
  const byName = new Map(accumulations.map(({ name, tensor }) => [name, toPlain(tensor)]));
  return Object.fromEntries(
    model.layers
      .filter((layer) => layer.trainableWeights.length > 0)
      .map((layer) => [
        layer.name,
        layer.trainableWeights.map((weight) => {
          const { name } = weight.read() as tf.Variable;
          return byName.get(`${name}/momentum`)!;
        }),
      ]),
  );
}

async function trainSteps(
  spec: ModelSpec,
  optimizer: tf.Optimizer,
  batchSeeds: number[],
): Promise<{ model: tf.LayersModel; loss: number }> {
  const model = buildModel(spec);
  model.compile({ optimizer, loss: spec.loss });
  let loss = NaN;
  for (const seed of batchSeeds) {
    const { xs, ys } = makeBatch(spec, seed);
    loss = (await model.trainOnBatch(xs, ys)) as number;
    tf.dispose([xs, ys]);
  }
  return { model, loss };
}

async function exercise(spec: ModelSpec): Promise<Outcome> {
  const momentum = tf.train.momentum(0.01, 0.9);
  const first = await trainSteps(spec, momentum, [1]);
  const gradients = await gradientsOf(first.model, momentum);
  const sgd = await trainSteps(
    spec,
    tf.train.sgd(0.05),
    Array.from({ length: SGD_STEPS }, (_, i) => i),
  );
  const afterSgd = weightsByLayer(sgd.model);
  const adam = await trainSteps(spec, tf.train.adam(0.001), new Array<number>(ADAM_STEPS).fill(1));
  const outcome = { loss: first.loss, gradients, afterSgd, adamLoss: adam.loss };
  for (const { model } of [first, sgd, adam]) {
    model.optimizer.dispose();
    model.dispose();
  }
  return outcome;
}

/** The masks that the Dropout layers of a spec draw at the first steps, in the order of the layers. */
function dropoutMasks(spec: ModelSpec): PlainTensor[][] {
  const model = buildModel(spec);
  const layers = model.layers.filter((layer) => layer.getClassName() === 'Dropout');
  const masks: PlainTensor[][] = [];
  for (let step = 0; step < (layers.length === 0 ? 0 : ADAM_STEPS); step++) {
    tf.tidy(() => {
      masks.push(
        withNoiseStep(tf.scalar(step, 'int32'), 0, () =>
          layers.map((layer) => {
            const { rate, seed } = layer.getConfig() as { rate: number; seed: number };
            const shape = [spec.batch, ...(layer.outputShape as number[]).slice(1)];
            const noise = drawNoise(layer, seed, 'Uniform', shape)!;
            return toPlain(
              noise
                .greaterEqual(rate)
                .toFloat()
                .div(1 - rate),
            );
          }),
        ),
      );
    });
  }
  model.dispose();
  return masks;
}

const KERAS = `${kerasFamily}
answers = []
for case in json.load(open(sys.argv[1])):
    spec, batches, masks = case['spec'], case['batches'], case['masks']
    loss_of = LOSSES[spec['loss']]
    model = build(spec)
    start = lambda: set_weights(model, case['weights'])
    def batch(seed):
        return [tf.constant(tensor(t)) for t in batches[seed]]
    def inputs(x, step):
        return [x, *[tf.constant(tensor(m)) for m in (masks[step] if masks else [])]]
    def make_step(model, optimizer):
        # What train_on_batch does, with masks.
        def step(xs, y):
            with tf.GradientTape() as tape:
                loss = loss_of(y, model(xs, training=True))
            gradients = tape.gradient(loss, model.trainable_variables)
            if optimizer is not None:
                optimizer.apply_gradients(zip(gradients, model.trainable_variables))
            return loss, gradients
        return step
    def by_layer(model, arrays):
        names = {id(v): (l.name, i) for l in model.layers for i, v in enumerate(l.trainable_variables)}
        result = {}
        for v, a in zip(model.trainable_variables, arrays):
            result.setdefault(names[id(v)][0], []).append(plain(a))
        return result
    start()
    x, y = batch(1)
    loss, gradients = make_step(model, None)(inputs(x, 0), y)
    answer = {'loss': float(loss), 'gradients': by_layer(model, gradients)}
    start()
    step = make_step(model, keras.optimizers.SGD(0.05))
    for i in range(${SGD_STEPS}):
        x, y = batch(i)
        step(inputs(x, i), y)
    answer['afterSgd'] = {l.name: [plain(w) for w in l.get_weights()] for l in model.layers if l.get_weights()}
    start()
    step = tf.function(make_step(model, keras.optimizers.Adam(0.001)), jit_compile=False)
    x, y = batch(1)
    for i in range(${ADAM_STEPS}):
        loss, _ = step(inputs(x, i), y)
    answer['adamLoss'] = float(loss)
    answers.append(answer)
print(json.dumps(answers))
`;

async function runKeras(specs: ModelSpec[]): Promise<Outcome[]> {
  const cases = specs.map((spec) => {
    const model = buildModel(spec);
    const weights = weightsByLayer(model);
    model.dispose();
    const batches = Array.from({ length: SGD_STEPS }, (_, seed) => {
      const { xs, ys } = makeBatch(spec, seed);
      const plain = [toPlain(xs), toPlain(ys)];
      tf.dispose([xs, ys]);
      return plain;
    });
    return { spec, weights, batches, masks: dropoutMasks(spec) };
  });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'agreement-'));
  try {
    const file = path.join(folder, 'cases.json');
    fs.writeFileSync(file, JSON.stringify(cases));
    return await runPython<Outcome[]>(KERAS, [file]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** The largest difference of each tensor, as a share of its largest absolute value. */
function differences(actual: ByLayer, expected: ByLayer): Record<string, number> {
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  return Object.fromEntries(
    Object.entries(expected).flatMap(([layer, tensors]) =>
      tensors.map(({ shape, values }, i) => {
        const other = actual[layer]![i]!;
        expect(other.shape).toEqual(shape);
        const largest = Math.max(...values.map(Math.abs));
        const difference = Math.max(...values.map((x, j) => Math.abs(x - other.values[j]!)));
        return [`${layer}/${i}`, difference / largest];
      }),
    ),
  );
}

function expectAgreement(actual: Outcome, expected: Outcome): void {
  expect(Math.abs(actual.loss / expected.loss - 1)).toBeLessThanOrEqual(1e-5);
  for (const part of ['gradients', 'afterSgd'] as const) {
    for (const [name, difference] of Object.entries(differences(actual[part], expected[part]))) {
      if (!(difference <= 1e-5)) throw new Error(`${part} of ${name} differ by ${difference}`);
    }
  }
  expect(Math.abs(actual.adamLoss / expected.adamLoss - 1)).toBeLessThanOrEqual(0.01);
}

let byGraph: Outcome[]; // in the order of modelFamily

beforeAll(async () => {
  byGraph = [];
  for (const spec of modelFamily) {
    const { result, graphRuns } = await countingGraphRuns(() => exercise(spec));
    expect(graphRuns).toBe(1 + SGD_STEPS + ADAM_STEPS);
    byGraph.push(result);
  }
});

test.each(modelFamily.map((spec, i) => [spec.name, spec, i] as const))(
  '%s trains by the graph as op by op',
  async (_, spec, i) => {
    const eager = await countingGraphRuns(() => opByOp(() => exercise(spec)));
    expect(eager.graphRuns).toBe(0);
    expectAgreement(byGraph[i]!, eager.result);
  },
);

test('trains by the graph as Keras does', async () => {
  const expected = await runKeras(modelFamily);
  expected.forEach((outcome, i) => expectAgreement(byGraph[i]!, outcome));
});
