import { tf } from '../../tensorflow/tf';
import { zip } from '../pixels/zip';

type ModelArtifacts = Parameters<Parameters<typeof tf.io.withSaveHandler>[0]>[0];

/** The folder in the archive. */
const FOLDER = 'taught';

/**
 * A network as `saveClassifier` would write it, in a ZIP archive.
 *
 * @param smileLab what is said about its pictures
 */
export async function packNetwork(model: tf.LayersModel, smileLab: object): Promise<Uint8Array> {
  let artifacts: ModelArtifacts = {};
  await model.save(
    tf.io.withSaveHandler(async (given) => {
      artifacts = given;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  const weights = tf.io.CompositeArrayBuffer.join(artifacts.weightData);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', weights));
  const hash = Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0'));
  const file = `weights-${hash.join('')}.bin`;
  const json = JSON.stringify({
    format: 'layers-model',
    generatedBy: `Smile Lab, TensorFlow.js ${tf.version_core}`,
    modelTopology: artifacts.modelTopology,
    weightsManifest: [{ paths: [file], weights: artifacts.weightSpecs }],
    userDefinedMetadata: { smileLab },
  });
  return zip(
    new Map([
      [`${FOLDER}/model.json`, new TextEncoder().encode(json)],
      [`${FOLDER}/${file}`, new Uint8Array(weights)],
    ]),
  );
}
