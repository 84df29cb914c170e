import { isKnownObjective } from './isKnownObjective';
import { tf } from '../native/tfjs';

type Constructor = abstract new (...args: never[]) => object;

/** Classes of tfjs: layers, activations, regularizers and so on, before anybody registers one of their own. */
const tfjsClasses = new Set<unknown>([
  tf.LayersModel,
  ...Object.values(tf.serialization.SerializationMap.getMap().classNameMap).map(([cls]) => cls),
]);

/** The source of the function by which tfjs adds a regularizer to the loss; all others come from `addLoss`. */
const REGULARIZER_LOSS = /regularizer\.apply\(weight\.read\(\)\)/;

/** Whether what a layer adds to the loss is a regularizer's penalty. */
export function isRegularizerLoss(loss: unknown): boolean {
  return REGULARIZER_LOSS.test(String(loss));
}

/** Fields of tfjs's layers that its types call private. */
interface LayerFields {
  stateful: boolean;
  _callHook?: unknown;
  _losses: unknown[];
}

type Compiled = Pick<tf.LayersModel, 'loss'> & { metrics?: unknown };

/**
 * Counts a layer, activation or regularizer class among tfjs's own. For classes of this library, which compute with
 * tensors alone.
 */
export function trustClass(cls: Constructor): void {
  tfjsClasses.add(cls);
}

/**
 * Finds JavaScript in layers that is not tfjs's own. What it does besides computing with tensors, a graph
 * would not repeat.
 *
 * @returns what it is, as in «its layer "a" is of the class B»; undefined when there is none
 */
export function customCode(layers: readonly tf.layers.Layer[]): string | undefined {
  for (const layer of layers) {
    const found = codeOfLayer(layer);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * What {@link customCode} finds can be added to a layer later, such as a hook, and be taken away again.
 *
 * @returns a text that is another one afterwards
 */
export function addedCode(layers: readonly tf.layers.Layer[]): string {
  return layers
    .map((layer) => {
      const { stateful, _callHook: hook, _losses: losses } = layer as unknown as LayerFields;
      return `${stateful} ${hook != null} ${hasOwnCall(layer)} ${losses.length}`;
    })
    .join();
}

/** The same for the loss and the metrics that a model was compiled with. */
export function customObjective(model: tf.LayersModel): string | undefined {
  const { loss, metrics } = model as unknown as Compiled;
  if (flat(loss).some(isForeign)) return 'its loss is a function of its own';
  if (flat(metrics).some(isForeign)) return 'one of its metrics is a function of its own';
  return undefined;
}

function hasOwnCall(layer: tf.layers.Layer): boolean {
  return Object.hasOwn(layer, 'apply') || Object.hasOwn(layer, 'call');
}

function codeOfLayer(layer: tf.layers.Layer): string | undefined {
  const name = `its layer ${JSON.stringify(layer.name)}`;
  const { stateful, _callHook: hook, _losses: losses } = layer as unknown as LayerFields;
  if (!tfjsClasses.has(layer.constructor)) return `${name} is of the class ${layer.getClassName()}`;
  if (stateful) return `${name} keeps a state`;
  if (hook || hasOwnCall(layer)) return `${name} calls a function of its own`;
  if (losses.some((loss) => !isRegularizerLoss(loss))) {
    return `${name} adds a loss of its own`;
  }
  const foreign = (Object.values(layer).flat() as unknown[]).find(isForeignPart);
  return foreign && `${name} uses the class ${foreign.getClassName()}`;
}

function isForeignPart(part: unknown): part is tf.serialization.Serializable {
  return (
    part instanceof tf.serialization.Serializable &&
    !(part instanceof tf.layers.Layer || part instanceof tf.Optimizer) &&
    !tfjsClasses.has(part.constructor)
  );
}

function isForeign(value: unknown): boolean {
  return typeof value === 'function' && !isKnownObjective(value);
}

/** The entries of one value, of a list or of an object. */
function flat(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(flat) : [value];
}
