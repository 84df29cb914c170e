import { attribute, hasOp, nativeBackend, nativeLibrary } from '../native/nativeBackend';
import { tensorId } from '../native/tensorId';
import { tf } from '../native/tfjs';
import { LentVariable } from './lentVariable';

/** A variable, its moments and its gradient, all of one shape. */
export interface AdamUpdate {
  value: tf.Variable;
  firstMoment: tf.Variable;
  secondMoment: tf.Variable;
  gradient: tf.Tensor;
}

export interface AdamSettings {
  /** Which step this is, from 1. */
  step: number;
  learningRate: number;
  beta1: number;
  beta2: number;
  /** Stands beside sqrt(v), before the bias correction, as in Keras. */
  epsilon: number;
}

/**
 * Makes one step of Adam by TensorFlow's op `ResourceApplyAdam`: one op a variable where tfjs runs ten. The variables and
 * moments are ordinary tfjs variables before and after.
 *
 * @returns false when nothing was done, because the backend or one of the tensors does not suit the op
 */
export function applyAdam(updates: AdamUpdate[], settings: AdamSettings): boolean {
  if (!nativeBackend() || !updates.every(suitsOp) || !hasApplyAdam()) return false;
  applyOnResources(updates, settings);
  return true;
}

function suitsOp({ value, firstMoment, secondMoment, gradient }: AdamUpdate): boolean {
  return [value, firstMoment, secondMoment, gradient].every(
    ({ dtype, shape }) => dtype === 'float32' && tf.util.arraysEqual(shape, value.shape),
  );
}

function hasApplyAdam(): boolean {
  return hasOp('ResourceApplyAdam', () => {
    const zero = () => tf.variable(tf.scalar(0), false);
    const [value, firstMoment, secondMoment] = [zero(), zero(), zero()] as const;
    const update = { value, firstMoment, secondMoment, gradient: tf.scalar(1) };
    try {
      const settings = { step: 1, learningRate: 1, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
      applyOnResources([update], settings);
    } finally {
      tf.dispose([value, firstMoment, secondMoment]);
    }
  });
}

function applyOnResources(updates: AdamUpdate[], settings: AdamSettings) {
  const { step, learningRate, beta1, beta2, epsilon } = settings;
  const { binding } = nativeLibrary();
  const attributes = [
    attribute.float('T'),
    attribute.bool('use_locking', false),
    attribute.bool('use_nesterov', false),
  ];
  const numbers = [beta1 ** step, beta2 ** step, learningRate, beta1, beta2, epsilon].map((x) =>
    binding.createTensor([], binding.TF_FLOAT, Float32Array.of(x)),
  );
  const resources = [0, 1, 2].map(() => new LentVariable()); // value, moments
  const handles = resources.map(({ handle }) => handle);
  try {
    for (const { value, firstMoment, secondMoment, gradient } of updates) {
      const gradientId = tensorId(gradient);
      const variables = [value, firstMoment, secondMoment];
      try {
        resources.forEach((resource, i) => resource.borrow(variables[i]!));
        const inputs = [...handles, ...numbers, gradientId];
        binding.executeOp('ResourceApplyAdam', attributes, inputs, 0);
      } finally {
        for (const resource of resources) resource.giveBack();
      }
    }
  } finally {
    for (const resource of resources) resource.dispose();
    for (const id of numbers) binding.deleteTensor(id);
  }
}
