import { show } from '../../errors/show';
import type { tf } from '../../tensorflow/tf';

const CONVOLUTIONS = new Set([
  'Conv2D',
  'Conv2DTranspose',
  'DepthwiseConv2D',
  'GroupedConv2D',
  'SeparableConv2D',
]);

/** Layers that belong to the convolution before them where they stand alone. */
const AFTER_CONVOLUTION = new Set([
  'Activation',
  'BatchNormalization',
  'ELU',
  'LeakyReLU',
  'PReLU',
  'ReLU',
  'Rectifier',
  'ThresholdedReLU',
]);

/**
 * Checks that a network can be looked into: it has one input and one output, and its weights are still there.
 *
 * @param model stays the caller's
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @throws {TypeError} when it is no such model; Error when it has been disposed
 */
export function checkNetwork(model: tf.LayersModel, action: string): void {
  if (!Array.isArray(model?.layers) || model.inputs?.length !== 1 || model.outputs?.length !== 1) {
    throw new TypeError(
      `${action}: a built tf.LayersModel with one input and one output is required, got ${nameOf(model)}`,
    );
  }
  for (const { name, weights } of model.layers) {
    try {
      weights.forEach((weight) => weight.read().throwIfDisposed());
    } catch (error) {
      throw new Error(
        `${action}: the network's weights are required, but layer ${show(name)} of model ${show(model.name)} has been disposed`,
        { cause: error },
      );
    }
  }
}

function nameOf(model: unknown): string {
  const { name, constructor } = (model ?? {}) as { name?: string; constructor?: { name: string } };
  return name === undefined
    ? `${constructor?.name ?? String(model)}`
    : `${constructor?.name} ${show(name)}`;
}

/** The tensors between a network's input and its output, each behind those from which it is computed. */
export function tensorsOf(model: tf.LayersModel): tf.SymbolicTensor[] {
  const tensors = new Set<tf.SymbolicTensor>();
  const visit = (tensor: tf.SymbolicTensor) => {
    if (tensors.has(tensor)) return;
    tensor.inputs.forEach(visit);
    tensors.add(tensor);
  };
  visit(model.outputs[0]!);
  return [...tensors];
}

/**
 * Looks up what a layer gives.
 *
 * @param name a layer's name, as `model.summary()` lists it
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @returns the layer's output in this model; of a layer that is used twice, the later one
 * @throws {Error} naming the layers that there are
 */
export function outputOf(model: tf.LayersModel, name: string, action: string): tf.SymbolicTensor {
  const tensor = tensorsOf(model)
    .filter(({ sourceLayer }) => sourceLayer.name === name)
    .at(-1);
  if (tensor) return tensor;
  const names = model.layers.map((layer) => show(layer.name)).join(', ');
  throw new Error(`${action}: the network must have the layer, it has ${names}, got ${show(name)}`);
}

/** As {@link outputOf}, of a layer that gives maps: `[n, h, w, maps]`. @throws {Error} when it gives something else */
export function mapsOf(model: tf.LayersModel, name: string, action: string): tf.SymbolicTensor {
  const tensor = outputOf(model, name, action);
  if (tensor.shape.length === 4) return tensor;
  const shape = tensor.shape.map((side) => side ?? 'n').join(', ');
  throw new Error(
    `${action}: the layer must give maps [n, h, w, maps], ${show(name)} gives [${shape}]`,
  );
}

/** All convolutions of a network, and the networks inside it that give maps, from its input to its output. */
export function convolutionsOf(model: tf.LayersModel): tf.SymbolicTensor[] {
  return tensorsOf(model).filter(
    ({ sourceLayer, shape }) =>
      shape.length === 4 &&
      (CONVOLUTIONS.has(sourceLayer.getClassName()) || 'layers' in sourceLayer),
  );
}

/** All of {@link convolutionsOf}, at least one. @throws {Error} naming the kinds of layers that there are instead */
export function requiredConvolutions(model: tf.LayersModel, action: string): tf.SymbolicTensor[] {
  const found = convolutionsOf(model);
  if (found.length > 0) return found;
  const kinds = model.layers.map((one) => one.getClassName()).join(', ');
  throw new Error(`${action}: a network with a convolution is required, it has only ${kinds}`);
}

/** The output of a convolution behind its own normalization and activation, where these are layers of their own. */
export function activated(model: tf.LayersModel, tensor: tf.SymbolicTensor): tf.SymbolicTensor {
  const [next, ...others] = tensorsOf(model).filter(({ inputs }) => inputs.includes(tensor));
  if (!next || others.length > 0) return tensor;
  return AFTER_CONVOLUTION.has(next.sourceLayer.getClassName()) ? activated(model, next) : tensor;
}

/**
 * Checks what a network holds or gives before it is looked at: NaN has no colour, and would be drawn as nothing found.
 *
 * @param what the layer's filters or maps, for the message
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @throws {Error} when a number is NaN or infinite
 */
export function checkFinite(values: ArrayLike<number>, what: string, action: string): void {
  const wrong = Array.prototype.find.call(values, (value: number) => !Number.isFinite(value));
  if (wrong === undefined) return;
  throw new Error(
    `${action}: ${what} must be finite numbers, got ${wrong}; a training that went wrong leaves such weights, stopAtNaN() ends it in time`,
  );
}
