import { listed } from '../errors/listed';
import { listReadablePictures } from '../images/datasets/listReadablePictures';
import type { LabelledPicture, SkippedFile } from '../images/formats/listPictures';
import type { Classifier } from '../models/classifier';
import { resizingOf } from '../models/resizingOf';

/**
 * Lists the pictures of a folder of class folders with the labels of a classifier, which may order its classes otherwise than
 * by name.
 *
 * @param folder holds one folder a class, named as the classifier's classes
 * @param skipUnreadable decodes each picture and skips those that cannot be read; otherwise such a picture throws
 * @throws {UnreadablePicture} when a picture cannot be read and is not to be skipped; Error when the folder's classes are not
 * those of the classifier, or a class has no picture that can be read
 * @example
 * const { pictures } = await labelledPictures(classifier, 'data/unseen-style');
 */
export async function labelledPictures(
  classifier: Classifier,
  folder: string,
  skipUnreadable = false,
): Promise<{ pictures: LabelledPicture[]; skipped: SkippedFile[] }> {
  const { classNames, pictures, skipped } = await listReadablePictures(
    folder,
    skipUnreadable,
    resizingOf(classifier).colorMode,
  );
  const known = new Map(classifier.classNames.map((name, label) => [name, label]));
  const labels = classNames.map((name) => known.get(name) ?? -1);
  if (labels.includes(-1) || classNames.length !== classifier.classNames.length) {
    throw new Error(
      `Cannot evaluate the model on ${JSON.stringify(folder)}: its folders must be the classes of the model, ${listed(classifier.classNames)}, got ${listed(classNames)}`,
    );
  }
  return {
    pictures: pictures.map(({ path, label }) => ({ path, label: labels[label]! })),
    skipped,
  };
}
