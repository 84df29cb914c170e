import fs from 'node:fs';
import os from 'node:os';
import { nativeBackend } from '../../src/tensorflow/native/nativeBackend';
import { tf } from '../../src/tensorflow/tf';
import { countingGraphRuns, opByOp } from './graph';
import { nativeTensors } from './nativeOps';

/** Those that other test files of this process have left open. */
const leftOpen = countSessions();

/** How many sessions are open that were opened since this test file began. */
export function sessions(): number {
  return countSessions() - leftOpen;
}

function countSessions(): number {
  return nativeBackend()!.binding.getNumOfSavedModels();
}

/** Folders in which a graph was written and that are still there. */
export function graphFolders(): string[] {
  return fs
    .readdirSync(os.tmpdir())
    .filter((name) => name.startsWith(`smile-lab-graph-${process.pid}-`));
}

/** What a training could leave behind: tensors of tfjs and of TensorFlow, sessions and folders. */
export function leftovers() {
  return [tf.memory().numTensors, nativeTensors(), sessions(), graphFolders()];
}

/** The same values for the same seed. */
export function initializer(seed: number) {
  return tf.initializers.glorotUniform({ seed });
}

/** Two features in, one number out, with weights that depend on nothing else. */
export function buildTiny(optimizer: tf.Optimizer | string = 'sgd'): tf.Sequential {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({
        units: 3,
        inputShape: [2],
        activation: 'tanh',
        kernelInitializer: initializer(1),
      }),
      tf.layers.dense({ units: 1, kernelInitializer: initializer(2) }),
    ],
  });
  model.compile({ optimizer: optimizer as string, loss: 'meanSquaredError', metrics: ['mae'] });
  return model;
}

const features = [
  [1, 2],
  [-1, 0.5],
  [0.3, -2],
  [2, 1],
  [0, 1],
];
const targets = [[1], [0], [2], [1], [-1]];

/** Five samples; the caller disposes them. */
export function makeData(): [xs: tf.Tensor, ys: tf.Tensor] {
  return [tf.tensor2d(features), tf.tensor2d(targets)];
}

/** A model's weights as numbers. */
export function weightsOf(model: tf.LayersModel): number[][] {
  return model.getWeights().map((weight) => Array.from(weight.dataSync()));
}

/** Requires equal numbers, to five decimals. */
export function expectClose(actual: number[][], expected: number[][]): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((values, i) => {
    values.forEach((value, j) => expect(actual[i]![j]).toBeCloseTo(value, 5));
  });
}

/**
 * What `train` leaves by the graph and op by op; each time with a fresh model.
 *
 * @param graphRuns how often a graph must have run by the graph; op by op none may
 */
export async function both<T>(
  graphRuns: number,
  train: (model: tf.Sequential) => Promise<T>,
  make: () => tf.Sequential = buildTiny,
) {
  const run = async () => {
    const model = make();
    const result = await train(model);
    const weights = weightsOf(model);
    model.dispose();
    return { result, weights };
  };
  const graph = await countingGraphRuns(run);
  const eager = await countingGraphRuns(() => opByOp(run));
  expect([graph.graphRuns, eager.graphRuns]).toEqual([graphRuns, 0]);
  return { graph: graph.result, eager: eager.result };
}
