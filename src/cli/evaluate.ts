import { describeEvaluation } from '../display/text/describeEvaluation';
import { fileProgress } from '../display/text/fileProgress';
import { evaluatePictures } from '../evaluation/evaluatePictures';
import { listPictures } from '../images/listPictures';
import { listReadablePictures } from '../images/listReadablePictures';
import { loadClassifier } from '../saving/loadClassifier';
import { tf } from '../tensorflow/tf';
import { type BackgroundOption, onBackground } from './backgroundOption';
import { type ModelOptions, toldOfModel } from './modelOptions';

export interface EvaluateOptions extends ModelOptions, BackgroundOption {
  model: string;
  data: string;
  json: boolean;
}

/**
 * `smile-lab evaluate`: measures a model on a folder of pictures, one folder a class, and tells its mistakes.
 *
 * @throws Error when the model or a picture cannot be loaded, or the folder's classes are not those of the model
 */
export async function evaluate(options: EvaluateOptions): Promise<void> {
  const { model, data, json } = options;
  const print = (line: string) => (json ? process.stderr : process.stdout).write(`${line}\n`);
  await tf.ready(); // WebGPU takes a moment to start
  const classifier = onBackground(await loadClassifier(model, toldOfModel(options)), options);
  const { classNames } = await listPictures(data);
  // A model of others may order its classes otherwise than by name.
  const places = classNames.map((name) => classifier.classNames.indexOf(name));
  if (places.includes(-1) || classNames.length !== classifier.classNames.length) {
    const shown = (names: readonly string[]) =>
      names.map((name) => JSON.stringify(name)).join(', ');
    throw new Error(
      `Cannot evaluate the model on ${JSON.stringify(data)}: its folders must be the classes of the model, ${shown(classifier.classNames)}, got ${shown(classNames)}`,
    );
  }
  const { pictures, skipped } = await listReadablePictures(data, false);
  const [first] = skipped;
  if (first) print(`${skipped.length} files skipped, the first: ${first.path} (${first.reason})`);
  const labelled = pictures.map(({ path, label }) => ({ path, label: places[label]! }));
  const evaluation = await evaluatePictures(classifier, labelled, {
    onProgress: await fileProgress(),
  });
  print(describeEvaluation(evaluation));
  if (json) {
    const { count, loss, accuracy, precision, recall, confusionMatrix, mistakes } = evaluation;
    const wrong = mistakes.map(({ path }) => path);
    const result = { count, loss, accuracy, precision, recall, confusionMatrix, wrong };
    process.stdout.write(`${JSON.stringify(result)}\n`);
  }
}
