import path from 'node:path';
import type { Classifier, ClassifierInput } from '../models/classifier';
import { loadKeras } from '../saving/loadKeras';
import { tf } from '../tensorflow/tf';
import { FACE_FOLDER, readFaceFile } from './faceFiles';

/** A network that finds faces, and one that names what it takes for their feeling. */
export interface FaceNetworks {
  finder: tf.GraphModel;
  reader: Classifier;
}

/** A file model.json of a graph model, as the hash says. */
interface GraphFile {
  modelTopology: object;
  weightsManifest: Array<{ weights: object[] }>;
}

/** The order of the outputs, as fer's own `_get_labels` says it. */
const CLASS_NAMES = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'];

let loading: Promise<FaceNetworks> | undefined;

/**
 * Loads both networks, once in a process; they stay.
 *
 * @throws {Error} when they were not got yet, or a file is damaged
 */
export function loadFaceNetworks(): Promise<FaceNetworks> {
  loading ??= loadNetworks().catch((error: unknown) => {
    // They may be got meanwhile.
    loading = undefined;
    throw error;
  });
  return loading;
}

async function loadNetworks(): Promise<FaceNetworks> {
  const [topology, weights] = await Promise.all([
    readFaceFile('blazeface.json'),
    readFaceFile('blazeface.bin'),
    readFaceFile('emotion_model.hdf5'),
  ]);
  const { modelTopology, weightsManifest } = JSON.parse(String(topology)) as GraphFile;
  const finder = await tf.loadGraphModel(
    tf.io.fromMemory({
      modelTopology,
      weightSpecs: weightsManifest.flatMap(({ weights: specs }) => specs),
      weightData: new Uint8Array(weights).buffer,
    }),
  );
  const model = await loadKeras(path.join(FACE_FOLDER, 'emotion_model.hdf5'), { compile: false });
  const rescale = { divisor: 127.5, mean: 1 }; // fer: (x / 255 - 0.5) * 2
  const input: ClassifierInput = { imageSize: [64, 64], colorMode: 'grayscale', rescale };
  return { finder, reader: { model, classNames: CLASS_NAMES, input } };
}
