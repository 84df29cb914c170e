import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ifThere } from '../files/ifThere';
import { isReference } from '../registry/names';
import { openRegistry } from '../registry/openRegistry';
import { REFERENCE_FILE } from '../registry/versionFile';
import { loadClassifier } from '../saving/loadClassifier';
import { servedName } from '../serving/servedModel';
import type { RunningServer, ServerOptions } from '../serving/startServer';
import { type BackgroundOption, onBackground } from './backgroundOption';
import { foreignModelOptions, type ModelOptions } from './modelOptions';

/** A model that was never registered has no number; clients of TensorFlow Serving want one. */
const ONLY_VERSION = '1';

/** A model to be served, and how it follows its registry. */
export type OpenedModel = ServerOptions['models'][number] & {
  /** From now on the server answers with the version that the reference means, whatever is promoted. */
  follow?: (
    server: Pick<RunningServer, 'replace'>,
    onReplace: (model: OpenedModel) => void,
  ) => { close(): void };
  /** What the pictures of its training look like, as its version has it. */
  reference?: string;
};

/**
 * Opens a model to be served: a folder or a file, or a version of a registry, as `faces@3` or `faces@production`.
 *
 * @param options.registry where the versions are
 * @param say told when another version answers, and when one that was promoted cannot be used
 * @throws {Error} when it cannot be loaded, or a file of the version was changed
 */
export async function openServed(
  location: string,
  { registry: folder, ...options }: ModelOptions & BackgroundOption & { registry: string },
  say: (line: string) => void,
): Promise<OpenedModel> {
  if (!isReference(location) || existsSync(location)) {
    const loaded = await loadClassifier(location, foreignModelOptions(options));
    const classifier = onBackground(loaded, options);
    return { name: servedName(location), version: ONLY_VERSION, classifier };
  }
  const registry = openRegistry(folder);
  const open = async (version: { name: string; version: number; folder: string }) => ({
    name: version.name,
    version: String(version.version),
    classifier: onBackground(await loadClassifier(version.folder), options),
    ...(await referenceIn(version.folder)),
  });
  const known = await registry.resolve(location);
  const first = await open(known);
  // A number means the same version for ever.
  if (/@\d+$/.test(location)) return first;
  return {
    ...first,
    follow(server, onReplace) {
      let last = known.version;
      return registry.watch(
        location,
        async (version) => {
          const model = await open(version);
          onReplace(model);
          await server.replace(model);
          say(`${location} is version ${version.version} now, and was ${last}`);
          last = version.version;
        },
        { known, onProblem: ({ message }) => say(`${message}; version ${last} goes on answering`) },
      );
    },
  };
}

async function referenceIn(folder: string): Promise<{ reference?: string }> {
  const reference = await ifThere(readFile(path.join(folder, REFERENCE_FILE), 'utf8'));
  return reference === undefined ? {} : { reference };
}
