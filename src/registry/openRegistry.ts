import fs from 'node:fs/promises';
import path from 'node:path';
import { checkOptionNames } from '../errors/checkOptionNames';
import { checkPath } from '../errors/checkPath';
import { listed } from '../errors/listed';
import { show } from '../errors/show';
import { ifThere } from '../files/ifThere';
import { isFolder } from '../files/isFolder';
import type { Classifier } from '../models/classifier';
import { loadClassifier } from '../saving/loadClassifier';
import { type AddOptions, addVersion } from './addVersion';
import { checkedHash } from './checksums';
import { checkName, parseReference, type Stage, VERSION, versionFolder } from './names';
import { archived, promoted, rolledBack } from './stageChanges';
import { changeStages, readStages, stageOf, type Stages } from './stages';
import { readVersion, type VersionInfo } from './versionFile';
import { watchVersion, type WatchOptions } from './watchVersion';

/** A version of a model that was checked, byte for byte, as it was found. */
export interface ResolvedVersion {
  name: string;
  version: number;
  stage: Stage;
  /** Where `loadClassifier` finds it. */
  folder: string;
  /** Follows from each byte of its files. */
  hash: string;
}

/** A version as the list shows it. */
export interface ListedVersion {
  name: string;
  version: number;
  stage: Stage;
  /** Undefined where it cannot be read; `problem` says why. */
  info: VersionInfo | undefined;
  problem: string | undefined;
}

/** Numbered versions of models, and which of them is in production. */
export interface Registry {
  folder: string;
  /** Registers a model as the next version of a name, a candidate; the version never changes after that. */
  add(name: string, model: string, options?: AddOptions): Promise<ResolvedVersion>;
  /** All versions, of all names or of one, the newest last; they are not checked. */
  list(name?: string): Promise<ListedVersion[]>;
  /** Finds `faces@3`, `faces@production` or the newest `faces@candidate`, and checks its files. */
  resolve(reference: string): Promise<ResolvedVersion>;
  /** What a version is: its training, its pictures, how good it is. */
  describe(reference: string): Promise<VersionInfo>;
  /** Loads a version that was checked; the caller disposes its model. */
  load(reference: string): Promise<Classifier>;
  /** Puts a version into production; the one that was there is archived. */
  promote(reference: string): Promise<ResolvedVersion>;
  /** Puts the version into production that was there before; the present one is archived. */
  rollback(name: string): Promise<ResolvedVersion>;
  /** Takes a candidate out of the choice. */
  archive(reference: string): Promise<void>;
  /** Calls `onChange` with the version that the reference means, and each time that it means another, once that was checked. */
  watch(
    reference: string,
    onChange: (version: ResolvedVersion) => void | Promise<void>,
    options?: WatchOptions,
  ): { close(): void };
}

/**
 * Opens a registry: a folder with a folder for each model, which holds numbered versions that never change, and which of them is
 * in production.
 * ```
 * folder/
 *   faces/
 *     1/            model.json, weights, version.json, data.json, run.json, reference.json,
 *                   card.html, SHA256SUMS
 *     2/
 *     stages/       a file for each change: 000001.json …
 * ```
 * Versions are folders with numbers, as TensorFlow Serving has them; stages, as MLflow has them: `candidate`, `production`,
 * `archived`. All is written whole or not at all, also when several processes write.
 *
 * @param folder made when the first version is registered
 * @throws {TypeError} when it is no path; its functions throw an Error that says what cannot be done
 * @example
 * const registry = openRegistry('models/registry');
 * const { version } = await registry.add('faces', 'models/lesson-1', { test: 'data/unseen-style' });
 * await registry.promote(`faces@${version}`);
 * const classifier = await registry.load('faces@production');
 */
export function openRegistry(folder: string): Registry {
  checkPath('Cannot open the registry', 'a folder', folder);
  const modelOf = (name: string) => path.join(folder, name);

  const checked = async (
    action: string,
    { name, version }: { name: string; version: number },
    stages: Stages | undefined,
  ): Promise<ResolvedVersion> => {
    const own = versionFolder(folder, name, version);
    if (!(await isFolder(own))) throw new Error(`${action}: ${await whatIsThere(folder, name)}`);
    const hash = await checkedHash(action, own, stages?.hashes[version]);
    return { name, version, stage: stageOf(stages, version), folder: own, hash };
  };

  const find = async (action: string, reference: string): Promise<ResolvedVersion> => {
    const { name, wanted } = parseReference(action, reference);
    const stages = await readStages(modelOf(name));
    if (typeof wanted === 'number') return checked(action, { name, version: wanted }, stages);
    const there = await versionsOf(folder, name);
    const version =
      wanted === 'production'
        ? stages?.production
        : there.filter((each) => stageOf(stages, each) === 'candidate').at(-1);
    if (version === undefined || version === null) {
      const cure =
        wanted === 'production' && there.length > 0
          ? `; npx smile-lab models promote ${name}@${there.at(-1)} puts one there`
          : '';
      const none =
        wanted === 'production' ? 'no version is in production' : 'there is no candidate';
      throw new Error(
        `${action}: ${there.length === 0 ? await whatIsThere(folder, name) : none}${cure}`,
      );
    }
    return checked(action, { name, version }, stages);
  };

  const resolve = (reference: string) => find(`Cannot find ${show(reference)}`, reference);
  return {
    folder,
    async add(name, model, options = {}) {
      const action = 'Cannot register the model';
      checkOptionNames(action, options, { test: true, notes: true, run: true, foreign: true });
      checkName(action, name);
      checkPath(action, 'behind the name its folder or file', model);
      const added = await addVersion(folder, name, model, options);
      return { name, stage: 'candidate', ...added };
    },
    async list(name) {
      const cannot = `Cannot list ${show(folder)}`;
      if (name !== undefined) checkName(cannot, name);
      const names = name === undefined ? await namesIn(folder) : [name];
      const found: ListedVersion[] = [];
      for (const each of names) {
        const stages = await readStages(modelOf(each));
        const versions = await versionsOf(folder, each);
        if (name !== undefined && versions.length === 0) {
          throw new Error(`${cannot}: ${await whatIsThere(folder, name)}`);
        }
        for (const version of versions) {
          const own = versionFolder(folder, each, version);
          const read = await readVersion(`Cannot read "${each}@${version}"`, own).then(
            (info) => ({ info, problem: undefined }),
            ({ message }: Error) => ({ info: undefined, problem: message }),
          );
          found.push({ name: each, version, stage: stageOf(stages, version), ...read });
        }
      }
      return found;
    },
    resolve,
    async describe(reference) {
      const action = `Cannot describe ${show(reference)}`;
      return readVersion(action, (await find(action, reference)).folder);
    },
    async load(reference) {
      const found = await find(`Cannot load ${show(reference)}`, reference);
      return loadClassifier(found.folder);
    },
    async promote(reference) {
      const action = `Cannot promote ${show(reference)}`;
      const found = await find(action, reference);
      await changeStages(modelOf(found.name), promoted(found.version));
      return { ...found, stage: 'production' };
    },
    async rollback(name) {
      const action = `Cannot roll back ${show(name)}`;
      checkName(action, name);
      const before = (await readStages(modelOf(name)))?.before.at(-1);
      // What is gone, or was changed, must not come back.
      if (before !== undefined) await find(action, `${name}@${before}`);
      const stages = await changeStages(modelOf(name), rolledBack(action));
      return checked(action, { name, version: stages.production! }, stages);
    },
    async archive(reference) {
      const action = `Cannot archive ${show(reference)}`;
      const { name, version } = await find(action, reference);
      await changeStages(modelOf(name), archived(action, version));
    },
    watch(reference, onChange, options = {}) {
      const action = `Cannot watch ${show(reference)}`;
      checkOptionNames(action, options, { known: true, onProblem: true, every: true });
      const { name } = parseReference(action, reference);
      return watchVersion(modelOf(name), () => resolve(reference), onChange, options);
    },
  };
}

async function namesIn(registry: string): Promise<string[]> {
  const entries = (await ifThere(fs.readdir(registry, { withFileTypes: true }))) ?? [];
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  return folders.map(({ name }) => name).sort();
}

async function versionsOf(registry: string, name: string): Promise<number[]> {
  const names = (await ifThere(fs.readdir(path.join(registry, name)))) ?? [];
  return names
    .filter((each) => VERSION.test(each))
    .map(Number)
    .sort((a, b) => a - b);
}

/** Words that follow "Cannot …: " where a version is not there. */
async function whatIsThere(registry: string, name: string): Promise<string> {
  const versions = await versionsOf(registry, name);
  if (versions.length > 0) return `of ${show(name)} there are the versions ${listed(versions)}`;
  const names = await namesIn(registry);
  const others = names.length === 0 ? 'it is empty' : `it holds ${listed(names)}`;
  return `the registry ${show(registry)} holds no ${show(name)}; ${others}`;
}
