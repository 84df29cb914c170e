import path from 'node:path';
import { openRegistry } from '../../src/registry/openRegistry';
import { saveClassifier } from '../../src/saving/saveClassifier';
import { smallClassifier } from './classifier';
import { folderWith } from './pictures';

/** A new, empty registry, and two small models to put into it. */
export async function emptyRegistry() {
  const home = await folderWith({});
  const models = [1, 2].map((seed) => path.join(home, `model-${seed}`));
  for (const [i, folder] of models.entries()) {
    const classifier = smallClassifier(i + 1);
    await saveClassifier(classifier, folder);
    classifier.model.dispose();
  }
  const registry = openRegistry(path.join(home, 'registry'));
  return { home, registry, models: models as [string, string] };
}
