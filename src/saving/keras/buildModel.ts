import { maskedOutputs } from '../../models/layers/maskedOutputs';
import { tf } from '../../tensorflow/tf';
import { checkFloat32, layerFromKeras } from './layerConfig';
import {
  parseModelConfig,
  isModelClass,
  type LayerDescription,
  type ModelDescription,
} from './modelConfig';
import type { TensorReference } from './values/tensorReference';
import { type Config, kerasObject } from './values/values';
import { fillWeights, type LayerLocation, layerLocations, type WeightSource } from './fillWeights';
import { weightHolders } from './weightHolders';

/**
 * Builds the model that a configuration describes, with weights from a file. Each weight is born with its value: its
 * shape is compared with the file's before there is memory for it.
 *
 * @param config the model's configuration, as JSON.parse gives it
 * @param keras the version that wrote it, after `kerasVersion`
 * @returns the model, not compiled; the caller disposes it
 * @throws {Error} when the model cannot be built here, or its weights do not fit; no tensor is left then
 */
export function buildModel(config: unknown, weights: WeightSource, keras: number): tf.LayersModel {
  const builder = new Builder(weights, keras);
  try {
    const model = builder.build(parseModelConfig(config));
    maskedOutputs(model);
    return model;
  } catch (error) {
    for (const variable of builder.made) variable.dispose();
    throw error;
  }
}

class Builder {
  readonly made: tf.LayerVariable[] = [];

  constructor(
    private readonly weights: WeightSource,
    private readonly keras: number,
  ) {}

  /** @param outer where a model lies that is a layer of another one */
  build(model: ModelDescription, outer?: LayerLocation): tf.LayersModel {
    const built =
      model.kind === 'Sequential'
        ? this.buildSequential(model, outer)
        : this.buildFunctional(model, outer);
    // tfjs counts each call of a layer as an owner, and would keep its weights when the model is disposed. The model alone
    // owns its layers. One that is a model it disposes twice, unless it is Sequential itself.
    for (const layer of built.layers) {
      const owners = model.kind === 'Functional' && 'layers' in layer ? 2 : 1;
      Object.assign(layer, { _refCount: owners });
    }
    return built;
  }

  private buildSequential(model: ModelDescription, outer?: LayerLocation): tf.Sequential {
    const { name, layers, inputShape } = model;
    const [first] = layers;
    const hasInput = first?.className === 'InputLayer';
    const { batch_shape: own, batch_input_shape: old } = first?.config ?? {};
    const input = hasInput ? first.name : undefined;
    const rest = hasInput ? layers.slice(1) : layers;
    const locations = layerLocations(rest, outer);
    const sequential = tf.sequential({ name });
    sequential.add(
      tf.layers.inputLayer({ batchInputShape: batchShape(own ?? old ?? inputShape), name: input }),
    );
    rest.forEach((layer, i) => {
      this.at(layer, i + (hasInput ? 1 : 0), layers.length, () => {
        const { made, check } = this.layer(layer, locations[i]!);
        sequential.add(made);
        check();
      });
    });
    return sequential;
  }

  private buildFunctional(model: ModelDescription, outer?: LayerLocation): tf.LayersModel {
    const { name, layers, inputs, outputs } = model;
    const locations = layerLocations(layers, outer);
    const tensors = new Map<string, tf.SymbolicTensor[]>();
    const find = ([layer, call, output]: TensorReference) =>
      tensors.get(`${layer} ${call}`)?.[output];
    const makers = layers.map((layer, i) => {
      const made = this.at(layer, i, layers.length, () =>
        layer.className === 'InputLayer' ? undefined : this.layer(layer, locations[i]!),
      );
      return { layer, made, done: 0, index: i };
    });
    // A layer that is called twice may stand before what it is called with.
    for (let waiting = makers; waiting.length > 0;) {
      const before = waiting.reduce((sum, { done }) => sum + done, 0);
      const left = waiting.filter((maker) => !this.call(maker, layers.length, tensors, find));
      const after = waiting.reduce((sum, { done }) => sum + done, 0);
      if (left.length === waiting.length && after === before) {
        throw new Error(
          `layer ${left[0]!.index + 1} of ${layers.length}, ${describe(left[0]!.layer)}: its inputs come from nowhere`,
        );
      }
      waiting = left;
    }
    const [from, to] = [inputs, outputs].map((ends) =>
      ends.map((reference) => {
        const tensor = find(reference);
        if (!tensor)
          throw new Error(`its ${JSON.stringify(reference[0])} is no layer of the model`);
        return tensor;
      }),
    );
    return tf.model({ inputs: from!, outputs: to!, name });
  }

  /** Makes those calls of a layer whose inputs are there; returns whether all are made. */
  private call(
    maker: { layer: LayerDescription; made?: Made; done: number; index: number },
    count: number,
    tensors: Map<string, tf.SymbolicTensor[]>,
    find: (reference: TensorReference) => tf.SymbolicTensor | undefined,
  ): boolean {
    const { layer, made } = maker;
    return this.at(layer, maker.index, count, () => {
      if (!made) {
        const shape = layer.config['batch_shape'] ?? layer.config['batch_input_shape'];
        const input = tf.input({ batchShape: batchShape(shape), name: layer.name });
        tensors.set(`${layer.name} 0`, [input]);
        return true;
      }
      for (; maker.done < layer.calls.length; maker.done++) {
        const inputs = layer.calls[maker.done]!.map(find);
        if (!inputs.every((input): input is tf.SymbolicTensor => input !== undefined)) return false;
        const output = made.made.apply(inputs.length === 1 ? inputs[0]! : inputs);
        tensors.set(
          `${layer.name} ${maker.done}`,
          (Array.isArray(output) ? output : [output]) as tf.SymbolicTensor[],
        );
        if (maker.done === 0) made.check();
      }
      return true;
    });
  }

  /** Makes a layer or a model that is one, whose weights will come from the file. */
  private layer({ className, name, config }: LayerDescription, location: LayerLocation): Made {
    if (isModelClass(className)) {
      const description = parseModelConfig({ class_name: className, config });
      return { made: this.build({ ...description, name }, location), check() {} };
    }
    const made = this.single(className, { ...config, name }, location);
    const holders = weightHolders(made);
    const checks = holders.map(({ holder, folders, names }) => {
      const isOneOfTwo = holders.length > 1;
      const at = { ...location, folders, names, isOneOfTwo };
      return fillWeights(holder, this.weights, at, this.made);
    });
    return { made, check: () => checks.forEach((check) => check()) };
  }

  /** A layer, or one that is wrapped in it; a model that is wrapped already has its weights. */
  private single(className: string, config: Config, location: LayerLocation): tf.layers.Layer {
    return layerFromKeras(className, config, this.keras, (value) => {
      const { className: inner, config: own } = kerasObject(value) ?? {};
      if (!inner) throw new Error(`must be a layer, got ${JSON.stringify(value)}`);
      if (!isModelClass(inner)) return this.single(inner, own!, location);
      return this.build(parseModelConfig(value), { ...location, path: `${location.path}/layer` });
    });
  }

  /** Says in an error where in the model it was. */
  private at<T>(layer: LayerDescription, index: number, count: number, work: () => T): T {
    try {
      // A picture comes as float32, also where Keras expected that it would come as bytes.
      if (layer.className !== 'InputLayer') checkFloat32(layer.config['dtype']);
      return work();
    } catch (error) {
      // After the first sentence tfjs gives advice to programmers, on several lines.
      const [reason] = (error as Error).message.split(/\. |\n/);
      throw new Error(`layer ${index + 1} of ${count}, ${describe(layer)}: ${reason}`, {
        cause: error,
      });
    }
  }
}

interface Made {
  made: tf.layers.Layer;
  /** To be called once the layer is built. */
  check(): void;
}

function describe({ name, className }: LayerDescription): string {
  return `${JSON.stringify(name)} (${className})`;
}

function batchShape(shape: unknown): tf.Shape {
  const isSize = (size: unknown) =>
    size === null || (Number.isInteger(size) && (size as number) > 0);
  if (!Array.isArray(shape) || shape.length === 0 || !shape.every(isSize)) {
    throw new Error(
      `the shape of its input must be given by sizes above 0, got ${JSON.stringify(shape)}`,
    );
  }
  return shape as tf.Shape;
}
