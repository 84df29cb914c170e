import { fileProgress } from '../display/text/fileProgress';
import { type FilePrediction, predictFolder } from '../evaluation/predictFolder';
import { predictPicture } from '../evaluation/predictPicture';
import { isFolder } from '../files/isFolder';
import { UnreadablePicture } from '../images/formats/UnreadablePicture';
import { loadClassifier } from '../saving/loadClassifier';
import { tf } from '../tensorflow/tf';
import { type BackgroundOption, onBackground } from './backgroundOption';
import { type ModelOptions, foreignModelOptions } from './modelOptions';

export interface PredictOptions extends ModelOptions, BackgroundOption {
  model: string;
  json: boolean;
}

/**
 * `smile-lab predict`: names the class of each picture, also of those in folders and on servers of this machine.
 *
 * With `--json` the last line holds the names of the classes and all that were answered, also where that is none of them.
 *
 * @throws {Error} when the model cannot be loaded; after all others were answered, when a picture that was named cannot be
 * read; what cannot be read in a folder is skipped and reported
 */
export async function predict(pictures: string[], options: PredictOptions): Promise<void> {
  const { model, json } = options;
  await tf.ready(); // WebGPU takes a moment to start
  const classifier = onBackground(
    await loadClassifier(model, foreignModelOptions(options)),
    options,
  );
  const { classNames } = classifier;
  const predictions: FilePrediction[] = [];
  const report = (prediction: FilePrediction) => {
    predictions.push(prediction);
    const { path, predictedClass, probability } = prediction;
    (json ? process.stderr : process.stdout).write(
      `${path}: ${predictedClass} (${(100 * probability).toFixed(1)} %)\n`,
    );
  };
  const unreadable: UnreadablePicture[] = [];
  for (const given of pictures) {
    if (!(await isFolder(given))) {
      try {
        report({ path: given, ...(await predictPicture(classifier, given)) });
      } catch (error) {
        if (!(error instanceof UnreadablePicture)) throw error;
        unreadable.push(error);
      }
      continue;
    }
    const onProgress = await fileProgress();
    const { predictions: found, skipped } = await predictFolder(classifier, given, { onProgress });
    found.forEach(report);
    for (const { path, reason } of skipped) process.stderr.write(`Skipped ${path}: ${reason}\n`);
  }
  if (json) process.stdout.write(`${JSON.stringify({ classNames, predictions })}\n`);
  // The others are answered; that these are not must show in the exit status.
  if (unreadable.length > 0) throw new Error(unreadable.map(({ message }) => message).join('\n'));
}
