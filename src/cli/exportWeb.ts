import { exportWeb } from '../camera/exportWeb';
import { loadClassifier } from '../saving/loadClassifier';
import { tf } from '../tensorflow/tf';
import { type ModelOptions, foreignModelOptions } from './modelOptions';

export interface ExportWebOptions extends ModelOptions {
  model: string;
  backbone: string;
  force: boolean;
}

/**
 * `smile-lab export web`: writes the camera page as files for any web server.
 *
 * @throws {Error} when the model cannot be loaded, there is no such backbone, or the folder cannot take the page
 */
export async function exportWebPage(folder: string, options: ExportWebOptions): Promise<void> {
  await tf.ready(); // WebGPU takes a moment to start
  const classifier = await loadClassifier(options.model, foreignModelOptions(options));
  const backbone = options.backbone === 'none' ? null : options.backbone;
  try {
    const written = await exportWeb(classifier, folder, { backbone, force: options.force });
    const [page, model] = [written.bytes, written.modelBytes].map((bytes) =>
      (bytes / 1e6).toFixed(1),
    );
    process.stdout.write(
      `Wrote ${folder}: a page of ${page} MB, and your network of ${model} MB.\n` +
        `Look at it here: python3 -m http.server --bind 127.0.0.1 --directory ${folder}, then http://localhost:8000\n` +
        `For others, put the folder on any web server whose address begins with https://: only there do browsers lend their camera.\n`,
    );
    if (!written.hasFaces) {
      process.stdout.write(
        'It finds no faces yet: get the finder by npx smile-lab get fer, and write the page again with --force.\n',
      );
    }
  } finally {
    classifier.model.dispose();
  }
}
