import { predictPicture } from '../evaluation/predictPicture';
import { loadClassifier } from '../saving/loadClassifier';
import { tf } from '../tensorflow/tf';

export interface PredictOptions {
  model: string;
  json: boolean;
}

/**
 * `smile-lab predict`: names the class of each picture.
 *
 * @throws Error when the model or one of the pictures cannot be loaded
 */
export async function predict(pictures: string[], { model, json }: PredictOptions): Promise<void> {
  await tf.ready(); // WebGPU takes a moment to start
  const classifier = await loadClassifier(model);
  const results = [];
  for (const file of pictures) {
    const { className, probability } = await predictPicture(classifier, file);
    results.push({ file, class: className, probability });
    (json ? process.stderr : process.stdout).write(
      `${file}: ${className} (${(100 * probability).toFixed(1)} %)\n`,
    );
  }
  if (json) process.stdout.write(`${JSON.stringify(results)}\n`);
}
