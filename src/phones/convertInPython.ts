import { spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import path from 'node:path';
import { projectFolder } from '../files/projectFolder';
import type { Classifier } from '../models/classifier';
import type { Rescale } from '../models/toInput';
import { saveKeras } from '../saving/saveKeras';
import type { SavedMetadata } from '../saving/savedMetadata';
import type { tf } from '../tensorflow/tf';
import { askModel, readAnswers, type SamplePictures } from './samplePictures';

/** What `npx smile-lab get onnx` downloads: the converter, and ONNX Runtime, which runs what it has written. */
export const ONNX_FOLDER = path.join(projectFolder, '.venv/share/smile-lab/onnx');

const PYTHON = path.join(projectFolder, '.venv/bin/python');
const SCRIPT = path.join(projectFolder, 'scripts/phones/convert.py');

/** A file that lies in the temporary folder, and what it answers. */
export interface ConvertedFile {
  kind: string;
  path: string;
  answers: number[][];
}

/** What is to be converted. */
export interface Conversion {
  /** A model alone is given its outputs as they are, and pictures as they are. */
  asked: tf.LayersModel | Classifier;
  network: tf.LayersModel;
  smileLab?: SavedMetadata;
  format: 'tflite' | 'onnx';
  kinds: readonly string[];
  pictures: SamplePictures;
}

/**
 * Lets TensorFlow's converter, or that to ONNX, write a model in all kinds, and asks each file about pictures.
 *
 * @param folder a temporary one
 * @returns the files, and what the model itself answers
 * @throws {Error} when Keras has not the same layers, or the converter fails
 */
export async function convertInPython(
  { asked, network, smileLab, format, kinds, pictures }: Conversion,
  folder: string,
): Promise<{ own: number[][]; files: ConvertedFile[] }> {
  await saveKeras(network, path.join(folder, 'model.keras'), { includeOptimizer: false }).catch(
    (error: Error) => {
      throw (error.cause as Error | undefined) ?? error;
    },
  );
  const samples = createWriteStream(path.join(folder, 'pictures.f32'));
  const own = await askModel(asked, pictures, async (pixels) => {
    if (!samples.write(new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength)))
      await once(samples, 'drain');
  });
  samples.end();
  await once(samples, 'finish');
  await runPython({
    format,
    folder,
    kinds,
    count: own.length,
    files: smileLab ? filesIn(smileLab) : {},
    packages: ONNX_FOLDER,
    rescale: smileLab ? rescalingOf(smileLab.input.rescale) : null,
    size: smileLab?.input.imageSize ?? null,
  });
  const files = kinds.map(async (kind) => {
    const file = path.join(folder, kind);
    const outputs = new Float32Array(Uint8Array.from(await fs.readFile(`${file}.answers`)).buffer);
    const answers = await readAnswers(asked, outputs, outputs.length / own.length);
    return { kind, path: file, answers };
  });
  return { own, files: await Promise.all(files) };
}

/** What travels in the file: a line for each class, and all that Smile Lab knows, but that rescaling is done in it. */
function filesIn({ input, ...metadata }: SavedMetadata): Record<string, string> {
  const json = JSON.stringify({ ...metadata, input: { ...input, rescale: 'none' } }, null, 2);
  return { 'labels.txt': `${metadata.classNames.join('\n')}\n`, 'smile-lab.json': `${json}\n` };
}

/** As Keras' layer `Rescaling` takes it: x · scale + offset, of one number or one for each channel. */
function rescalingOf(rescale: Rescale): object | null {
  if (rescale === 'none') return null;
  if ('scale' in rescale) return { scale: rescale.scale, offset: rescale.offset ?? 0 };
  const { divisor, mean = 0, std = 1 } = rescale;
  const channels = Math.max(...[mean, std].map((values) => [values].flat().length));
  const each = (values: number | readonly number[], i: number) =>
    typeof values === 'number' ? values : values[i]!;
  const places = Array.from({ length: channels }, (_, i) => i);
  const scale = places.map((i) => 1 / (divisor * each(std, i)));
  const offset = places.map((i) => -each(mean, i) / each(std, i));
  return channels === 1 ? { scale: scale[0], offset: offset[0] } : { scale, offset };
}

async function runPython(request: object): Promise<void> {
  if (!existsSync(PYTHON)) {
    throw new Error('the Python environment is not there; npx smile-lab doctor says why');
  }
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    CUDA_VISIBLE_DEVICES: '-1',
    KERAS_BACKEND: 'tensorflow',
    TF_CPP_MIN_LOG_LEVEL: '3',
  };
  for (const name of ['PYTHONPATH', 'PYTHONHOME', 'VIRTUAL_ENV']) delete env[name];
  const child = spawn(PYTHON, [SCRIPT, JSON.stringify(request)], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said, [status, signal]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  if (status === 0) return;
  const lines = said.trim().split('\n');
  const errors = lines.filter((line) => /^\w[\w.]*(Error|Exception)\b/.test(line));
  const reason = errors.at(-1) ?? lines.at(-1);
  throw new Error(`the converter ended with ${signal ?? status}: ${reason}`);
}
