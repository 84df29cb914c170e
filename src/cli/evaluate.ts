import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { describeEvaluation } from '../display/text/describeEvaluation';
import { fileProgress } from '../display/text/fileProgress';
import { evaluatePictures } from '../evaluation/evaluatePictures';
import { labelledPictures } from '../evaluation/labelledPictures';
import { listPictures } from '../images/formats/listPictures';
import { show } from '../errors/show';
import { UnreadablePicture } from '../images/formats/UnreadablePicture';
import type { Classifier } from '../models/classifier';
import { readTrainedWith } from '../recipes/trainedWith';
import { loadClassifier } from '../saving/loadClassifier';
import { tf } from '../tensorflow/tf';
import { type BackgroundOption, onBackground } from './backgroundOption';
import { type ModelOptions, foreignModelOptions } from './modelOptions';
import { quarantineAdvice } from './quarantineAdvice';

export interface EvaluateOptions extends ModelOptions, BackgroundOption {
  model: string;
  data: string;
  json: boolean;
}

/**
 * `smile-lab evaluate`: measures a model on a folder of pictures, one folder a class, and reports its mistakes.
 *
 * What cannot be read is skipped, and reported.
 *
 * @throws {Error} when the model cannot be loaded, a class has no picture that can be read, or the folder's classes are not
 * those of the model
 */
export async function evaluate(options: EvaluateOptions): Promise<void> {
  const { model, data, json } = options;
  const print = (line: string) => (json ? process.stderr : process.stdout).write(`${line}\n`);
  await tf.ready(); // WebGPU takes a moment to start
  const classifier = onBackground(
    await loadClassifier(model, foreignModelOptions(options)),
    options,
  );
  const { skipped: others } = await listPictures(data);
  const { evaluation, skipped } = await evaluateReadable(classifier, data);
  const [first] = others;
  if (first)
    print(
      `${others.length === 1 ? '1 file' : `${others.length} files`} skipped, the first: ${first.path} (${first.reason})`,
    );
  const unreadable = skipped.slice(others.length);
  for (const { path, reason } of unreadable) print(`Skipped ${path}: ${reason}`);
  if (unreadable.length > 0) {
    print(quarantineAdvice(data, classifier.input.colorMode));
  }
  print(`${show(data)}: ${describeEvaluation(evaluation)}`);
  if (await wasTrainedWith(model, data)) {
    print(
      `The model was trained with pictures of ${show(data)}: this says how well it remembers them, not how well it does on others.`,
    );
  }
  if (json) {
    // Of the answers those that are wrong are enough.
    process.stdout.write(`${JSON.stringify({ ...evaluation, answers: undefined })}\n`);
  }
}

/** Whether the model was trained with this folder, as its own tells; of others nobody knows. */
async function wasTrainedWith(model: string, data: string): Promise<boolean> {
  const folder = path.basename(model) === 'model.json' ? path.dirname(model) : model;
  try {
    return (await realpath(await readTrainedWith(folder))) === (await realpath(data));
  } catch {
    return false;
  }
}

async function evaluateReadable(classifier: Classifier, data: string) {
  const attempt = async (skipUnreadable: boolean) => {
    const { pictures, skipped } = await labelledPictures(classifier, data, skipUnreadable);
    const onProgress = await fileProgress();
    return { evaluation: await evaluatePictures(classifier, pictures, { onProgress }), skipped };
  };
  return attempt(false).catch((error: unknown) => {
    // To decode all pictures first takes as long as the rest; only here it is worth it.
    if (error instanceof UnreadablePicture) return attempt(true);
    throw error;
  });
}
