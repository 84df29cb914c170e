import { existsSync } from 'node:fs';
import { checkOptionNames } from '../../errors/checkOptionNames';
import { checkPath } from '../../errors/checkPath';
import { nearestOf } from '../../errors/nearest';
import { show } from '../../errors/show';
import { foreignMetadata } from '../../saving/foreignMetadata';
import { openModel } from '../../saving/loadClassifier';
import { fromSaved } from '../../saving/savedMetadata';
import { tf } from '../../tensorflow/tf';
import { checkFits } from '../checkClassifier';
import { checkedInput } from '../checkedInput';
import type { Classifier, ClassifierInput } from '../classifier';
import { copyUpTo } from './copyUpTo';
import { type FlatNode, flatNodes } from './flatNodes';
import { KNOWN_BACKBONES } from './knownBackbones';
import { openWeights } from './openWeights';

/** The first layers of a network that has learnt to see, frozen. */
export interface Backbone {
  /** Its name in `listBackbones`, or the file that it was loaded from. */
  name: string;
  /** Its last layer. */
  layer: string;
  /** Input `[n, height, width, channels]`; output what its last layer gives: maps `[n, h, w, maps]`, or `[n, numbers]`. */
  model: tf.LayersModel;
  /** How a picture becomes its input. */
  input: ClassifierInput;
}

/** Options of `loadBackbone`. */
export interface BackboneOptions {
  /** The last layer that is taken; the one that suits most when left out, of a file the last one that gives maps. */
  layer?: string;
  /** How a picture becomes its input, where that differs from what is known of the network. */
  input?: Partial<ClassifierInput>;
}

/**
 * Loads the first layers of a pre-trained network, whose answers (features) a small network of one's own can learn from. Keras'
 * is `keras.applications` with `include_top=False`, fast.ai's `create_body`.
 *
 * The networks of `listBackbones` came with the set-up; nothing is fetched. Or a file: a `.keras` or `.h5` of Keras, as one
 * that `keras.applications` made, or what `saveClassifier` saved. Networks inside the network are resolved into their layers.
 *
 * @param name one of `listBackbones`, or the path of a file
 * @param options.layer as `backbone.model.summary()` lists them; the last one that is taken
 * @param options.input what differs in how a picture becomes the input; of a file that none of whose layers rescales pictures
 * `rescale` is required
 * @returns the caller disposes its model
 * @throws {Error} when there is no such network, layer or file, or a file is damaged; RangeError when it takes pictures of another size
 * @example
 * (await listBackbones()).map(({ name }) => name); // ['efficientnet-lite0', 'mobilenet-v2']
 * const backbone = await loadBackbone('mobilenet-v2', { layer: 'block_13_expand_relu' });
 * backbone.model.outputShape; // [null, 10, 10, 576]
 */
export async function loadBackbone(name: string, options: BackboneOptions = {}): Promise<Backbone> {
  const action = `Cannot load the backbone ${show(name)}`;
  checkPath('Cannot load a backbone', 'its name, or a file,', name);
  checkOptionNames(action, options, { layer: true, input: true });
  await tf.ready();
  const { model, input, layer } = await open(action, name, options);
  try {
    checkFits(model, input, action);
    const end = nodeOf(action, flatNodes(model), options.layer ?? layer);
    const { input: inputs, output: outputs } = copyUpTo(end);
    const copy = tf.model({ inputs, outputs, name: model.name });
    for (const { layer } of flatNodes(copy)) layer.trainable = false;
    return { name, layer: end.layer.name, model: copy, input };
  } finally {
    model.dispose();
  }
}

/** The whole network, how a picture becomes its input, and the layer that is taken when none is named. */
async function open(
  action: string,
  name: string,
  { input: given = {} }: BackboneOptions,
): Promise<Pick<Classifier, 'model' | 'input'> & { layer?: string }> {
  const known = Object.hasOwn(KNOWN_BACKBONES, name) ? KNOWN_BACKBONES[name] : undefined;
  if (known) {
    const input = checkedInput(action, { ...known.input, ...given });
    return { model: await openWeights(action, known), input, layer: known.layer };
  }
  if (!existsSync(name)) {
    const nearest = nearestOf(name, Object.keys(KNOWN_BACKBONES));
    throw new Error(
      `${action}: one of ${nearest} is required, or a file .keras or .h5, or a folder with a model.json`,
    );
  }
  const { model, smileLab } = await openModel(name);
  try {
    const { input } =
      smileLab === undefined
        ? foreignMetadata(model, { input: given }, action)
        : (fromSaved(action, smileLab) as Pick<Classifier, 'input'>);
    return { model, input: checkedInput(action, { ...input, ...given }) };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function nodeOf(action: string, nodes: readonly FlatNode[], layer: string | undefined): FlatNode {
  const isWanted = (node: FlatNode) =>
    layer === undefined ? node.shape.length === 4 : node.layer.name === layer;
  const computed = nodes.filter(({ inputs }) => inputs.length > 0);
  const found = computed.filter(isWanted).at(-1);
  if (found) return found;
  const names = computed.map((node) => node.layer.name);
  throw new Error(
    layer === undefined
      ? `${action}: a layer that gives maps is required, and none does`
      : `${action}: it has no layer ${show(layer)}; the nearest of its ${names.length} are ${nearestOf(layer, names)}`,
  );
}
