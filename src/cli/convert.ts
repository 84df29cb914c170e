import { stat } from 'node:fs/promises';
import path from 'node:path';

import { checkedMetadata } from '../saving/classifierMetadata';
import { isKerasFile, openModel } from '../saving/loadClassifier';
import { openKeras } from '../saving/loadKeras';
import { saveClassifier } from '../saving/saveClassifier';
import { saveKeras } from '../saving/saveKeras';
import { stockTfjsNotice } from '../saving/stockTfjs';
import { tf } from '../tensorflow/tf';

/**
 * `smile-lab convert`: writes a model in another format, `.keras`, `.h5`, or a folder in tfjs's own, with the class names,
 * input size and scale that it carries. How it was compiled goes only from `.keras` or `.h5` into a `.keras`.
 *
 * @throws Error when the model cannot be loaded or written, or something is there already
 */
export async function convert(from: string, to: string): Promise<void> {
  await tf.ready(); // WebGPU takes a moment to start
  const target = await targetOf(to);
  const { model, smileLab, training } = await open(from, target.type === 'keras');
  try {
    const cannot = `Cannot convert ${JSON.stringify(from)}`;
    const given =
      smileLab === undefined ? model : { model, ...checkedMetadata(cannot, smileLab, model) };
    const written =
      target.type === 'tfjs'
        ? await saveClassifier(given, target.path)
        : await saveKeras(given, target.path);
    const classes = smileLab === undefined ? ' It names no classes.' : '';
    const notice = noticeOf(target.type, model);
    process.stdout.write(`Wrote ${written}, ${training}.${classes}${notice && ` ${notice}`}\n`);
  } finally {
    model.dispose();
  }
}

/** What the other program may fail at. */
function noticeOf(type: Target['type'], model: tf.LayersModel): string {
  if (type === 'h5') return 'Keras 3 opens it, Keras 2 does not.';
  return type === 'tfjs' ? stockTfjsNotice(model) : '';
}

interface Target {
  type: 'keras' | 'h5' | 'tfjs';
  path: string;
}

async function targetOf(to: string): Promise<Target> {
  if (to.endsWith('.keras')) return { type: 'keras', path: to };
  if (to.endsWith('.h5')) return { type: 'h5', path: to };
  if (path.basename(to) === 'model.json') return { type: 'tfjs', path: path.dirname(to) };
  const isFolder = await stat(to).then(
    (found) => found.isDirectory(),
    () => false,
  );
  // Somebody who asks for a format that is not known here would otherwise get a folder of that name.
  if (!isFolder && /\.[a-z][a-z0-9]*$/i.test(to)) {
    throw new Error(
      `Cannot write a model to ${JSON.stringify(to)}: a name that ends in .keras or .h5 is required, or that of a folder for tfjs's format`,
    );
  }
  return { type: 'tfjs', path: to };
}

async function open(from: string, keepsTraining: boolean) {
  const without = 'not compiled';
  if (!keepsTraining || !(await isKerasFile(from))) {
    return { ...(await openModel(from)), training: without };
  }
  try {
    const opened = await openKeras(from, { compile: true });
    return { ...opened, training: opened.model.optimizer ? 'compiled as it was' : without };
  } catch (error) {
    // What cannot be opened at all says so now.
    const opened = await openModel(from);
    return { ...opened, training: `${without}, for ${reasonOf(error as Error)}` };
  }
}

/** Of "Cannot load … from "…": reason; with compile: false …" */
function reasonOf({ cause }: Error): string {
  const { cause: inner = cause } = cause as Error;
  return (inner as Error).message;
}
