import { randomInt } from 'node:crypto';
import { attribute, nativeBackend, nativeLibrary } from '../native/nativeBackend';
import { tf } from '../native/tfjs';

/** Uniform over [0, 1); normal with mean 0 and deviation 1; Gamma of this shape, and scale 1. */
export type Distribution = 'Uniform' | 'Normal' | { gamma: number };

/** Where the random numbers of one training step begin. */
interface NoiseStep {
  /** int32, which step it is. */
  step: tf.Scalar;
  /** Added to the seed of a layer that was given none. */
  salt: number;
  /** How often each layer has drawn in this step. */
  draws: Map<object, number>;
}

let current: NoiseStep | undefined;
/** For layers without a seed, and for those that are called outside of a training. */
const seeds = new WeakMap<object, number>();
const steps = new WeakMap<object, number>();

/** Far from one another, so that a layer's second call in a step does not repeat the first of its neighbour. */
const DRAW_STRIDE = 1_000_003;

/**
 * Runs a training step whose noise layers draw what belongs to the step with this number.
 *
 * @param step int32; the same number gives the same noise to layers with the same seeds
 * @param salt a whole number; another one gives other noise to layers without a seed
 */
export function withNoiseStep<T>(step: tf.Scalar, salt: number, run: () => T): T {
  const before = current;
  current = { step, salt, draws: new Map() };
  try {
    return run();
  } finally {
    current = before;
  }
}

/**
 * Random numbers from TensorFlow, which differ at each step and each call, and repeat with the seed.
 *
 * @param layer whose noise it is
 * @param seed any whole number; without one, the layer has a seed that was drawn once
 * @returns float32; the caller disposes it. undefined where TensorFlow's library does not compute
 */
export function drawNoise(
  layer: object,
  seed: number | null | undefined,
  distribution: Distribution,
  shape: number[],
): tf.Tensor | undefined {
  if (!nativeBackend()) return undefined;
  return tf.tidy(() => {
    const { step, draw, salt } = nextDraw(layer);
    const start = tf.scalar(((seed ?? ownSeed(layer) + salt) + draw * DRAW_STRIDE) | 0, 'int32');
    const { TF_INT32 } = nativeLibrary().binding;
    const attributes = [
      attribute.float('dtype'),
      attribute.type('T', TF_INT32),
      attribute.type('Tseed', TF_INT32),
    ];
    const [name, settings] =
      typeof distribution === 'string'
        ? [distribution, []]
        : ['GammaV2', [tf.scalar(distribution.gamma)]];
    return nativeLibrary().executeSingleOutput(`StatelessRandom${name}`, attributes, [
      tf.tensor1d(shape, 'int32'),
      tf.stack([start, step]),
      ...settings,
    ]);
  });
}

function nextDraw(layer: object): { step: tf.Scalar; draw: number; salt: number } {
  if (!current) {
    const step = steps.get(layer) ?? 0;
    steps.set(layer, step + 1);
    return { step: tf.scalar(step, 'int32'), draw: 0, salt: 0 };
  }
  const draw = current.draws.get(layer) ?? 0;
  current.draws.set(layer, draw + 1);
  return { step: current.step, draw, salt: current.salt };
}

function ownSeed(layer: object): number {
  let seed = seeds.get(layer);
  if (seed === undefined) {
    seed = randomInt(2 ** 31); // not of Math.random(), which a recording refuses
    seeds.set(layer, seed);
  }
  return seed;
}
