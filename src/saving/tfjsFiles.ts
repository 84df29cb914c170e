import { createHash } from 'node:crypto';
import type { Classifier } from '../models/classifier';
import { tf } from '../tensorflow/tf';
import { withMetadata } from './classifierMetadata';
import type { TrainingConfig } from './keras/trainingConfig';
import { quantizeWeights, type TfjsQuantization } from './quantizeWeights';

/** What `saveTfjs` writes. */
export interface TfjsFiles {
  /** The content of `model.json`. */
  json: string;
  /** The name of the other file, by which `model.json` calls it. */
  weightsFile: string;
  weights: Uint8Array;
}

/**
 * A model in tfjs's own format.
 *
 * @param cannot what the caller is doing, to begin an error with
 * @param options.training how it was compiled
 * @param options.quantize how few bits its weights have
 * @throws {Error} when the class names do not fit the model
 */
export async function tfjsFiles(
  classifier: tf.LayersModel | Classifier,
  cannot: string,
  { training, quantize }: { training?: TrainingConfig; quantize?: TfjsQuantization } = {},
): Promise<TfjsFiles> {
  const { network, smileLab } = withMetadata(classifier, cannot);
  const artifacts = await artifactsOf(network);
  const whole = Buffer.from(tf.io.CompositeArrayBuffer.join(artifacts.weightData));
  const { specs, weights } = quantize
    ? quantizeWeights(artifacts.weightSpecs ?? [], whole, quantize)
    : { specs: artifacts.weightSpecs, weights: whole };
  const weightsFile = `weights-${contentHash(weights)}.bin`;
  const json = JSON.stringify({
    format: 'layers-model',
    generatedBy: `Smile Lab, TensorFlow.js ${tf.version['tfjs-core']}`,
    // Where TensorFlow's own converter keeps it.
    modelTopology: {
      ...artifacts.modelTopology,
      ...(training ? { training_config: training } : {}),
    },
    weightsManifest: [{ paths: [weightsFile], weights: specs }],
    ...(smileLab ? { userDefinedMetadata: { smileLab } } : {}),
  });
  return { json, weightsFile, weights };
}

/** The part of a weights file's name that depends on its content; `loadClassifier` sees by it whether the file is whole. */
export function contentHash(weights: Uint8Array): string {
  return createHash('sha256').update(weights).digest('hex').slice(0, 16);
}

type SaveHandler = Parameters<typeof tf.io.withSaveHandler>[0];
type ModelArtifacts = Parameters<SaveHandler>[0];

async function artifactsOf(model: tf.LayersModel): Promise<ModelArtifacts> {
  let artifacts: ModelArtifacts = {};
  await model.save(
    tf.io.withSaveHandler(async (given) => {
      artifacts = given;
      return {
        modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' },
      };
    }),
  );
  return artifacts;
}
