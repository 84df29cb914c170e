import fs from 'node:fs/promises';
import path from 'node:path';
import { ifThere } from '../files/ifThere';
import { makeFolder } from '../files/makeFolder';
import { writing } from '../files/writeProblem';
import { unfinishedBy, writeTogether } from '../files/writeTogether';
import type { Classifier } from '../models/classifier';
import type { ForeignModelOptions } from '../saving/foreignMetadata';
import { referenceOf, writtenReference } from '../monitoring/reference';
import { loadClassifier } from '../saving/loadClassifier';
import { readCardNotes } from './cardNotes';
import { cardPage } from './cardPage';
import { SUMS, sha256, sumsOf } from './checksums';
import { putModel } from './modelFiles';
import { VERSION } from './names';
import { changeStages, readStages } from './stages';
import { dataFile, dataInfo, trainingData, type TrainingData } from './trainingData';
import { runFile, runInfo, trainingOf } from './trainingRun';
import { CARD_FILE, DATA_FILE, REFERENCE_FILE, RUN_FILE, VERSION_FILE } from './versionFile';
import { type VersionInfo, writtenVersion } from './versionFile';
import { loggedTests, measuredTest } from './versionTests';

/** What may be given of a model that is registered. */
export interface AddOptions {
  /** Folders of pictures that it has not learned from, one folder a class: it is measured on each. */
  test?: string | readonly string[];
  /** A text file with what its author adds to the card, below headings of it as `## Intended Use`. */
  notes?: string;
  /** The folder with the log of its training; when left out, the one that `smile-lab train` has noted. */
  run?: string;
  /** For a model of others, as `loadClassifier` takes it. */
  foreign?: ForeignModelOptions;
}

let saves = 0;

/**
 * Registers a model as the next version of a name.
 *
 * All files lie on the disk, in a folder of another name, before that folder gets its number: a process that is killed leaves no
 * half of a version.
 *
 * @param registry its folder
 * @returns the number, its folder and its hash
 */
export async function addVersion(
  registry: string,
  name: string,
  location: string,
  options: AddOptions,
): Promise<{ version: number; folder: string; hash: string }> {
  const cannot = `Cannot register ${JSON.stringify(location)}`;
  const { foreign = {} } = options;
  const notes = options.notes === undefined ? new Map() : await readCardNotes(options.notes);
  const classifier = await loadClassifier(location, foreign);
  const model = path.join(registry, name);
  const made = path.join(model, `.1.${process.pid}-${++saves}`);
  try {
    const { info, files } = await describe(cannot, name, location, classifier, options);
    return await writing(cannot, async () => {
      makeFolder(model);
      await removeLeftovers(model);
      makeFolder(made);
      await putModel(classifier, location, Object.keys(foreign).length > 0, made);
      await writeTogether(made, files);
      for (;;) {
        const version = await nextVersion(model);
        const numbered = { ...info, version };
        await writeTogether(made, [
          [VERSION_FILE, writtenVersion(numbered)],
          [CARD_FILE, cardPage(numbered, notes)],
        ]);
        const names = (await fs.readdir(made)).filter((each) => each !== SUMS);
        const sums = await sumsOf(made, names);
        await writeTogether(made, [[SUMS, sums]]);
        // What is in it never changes.
        await Promise.all([...names, SUMS].map((each) => fs.chmod(path.join(made, each), 0o444)));
        const folder = path.join(model, String(version));
        if (!(await takesName(made, folder))) continue;
        const hash = sha256(sums);
        await changeStages(model, (now) => ({
          action: 'register',
          version,
          production: now?.production ?? null,
          before: now?.before ?? [],
          archived: now?.archived ?? [],
          hashes: { ...now?.hashes, [version]: hash },
        }));
        return { version, folder, hash };
      }
    });
  } finally {
    classifier.model.dispose();
    await fs.rm(made, { recursive: true, force: true });
  }
}

/** All that a version says of itself, but its number. */
async function describe(
  cannot: string,
  name: string,
  location: string,
  classifier: Classifier,
  { test = [], run }: AddOptions,
): Promise<{ info: Omit<VersionInfo, 'version'>; files: Array<[string, string]> }> {
  const training = await trainingOf(location, run);
  const data = await trainingData(cannot, training);
  const { model, input } = classifier;
  const classNames = [...classifier.classNames];
  const tests = [];
  for (const folder of [test].flat()) {
    tests.push(await measuredTest(cannot, classifier, folder, data));
  }
  const logged = loggedTests(training, data, classNames);
  const runText = runFile(training);
  const reference = await trainingReference(classifier, training.data, data);
  const runOf = runInfo(training);
  return {
    info: {
      name,
      registered: new Date().toISOString(),
      classNames,
      imageSize: input.imageSize,
      parameters: model.countParams(),
      layers: model.layers.length,
      ...(runOf ? { run: runOf } : {}),
      ...(data ? { data: dataInfo(data, classNames)! } : {}),
      tests: [...tests, ...logged],
    },
    files: [
      ...(data ? [[DATA_FILE, dataFile(data)] as [string, string]] : []),
      ...(runText === undefined ? [] : [[RUN_FILE, runText] as [string, string]]),
      ...(reference === undefined ? [] : [[REFERENCE_FILE, reference] as [string, string]]),
    ],
  };
}

/** What the pictures that it learned from look like to it; undefined where they are not known, or not there any more. */
async function trainingReference(
  classifier: Classifier,
  folder: string | undefined,
  data: TrainingData | undefined,
): Promise<string | undefined> {
  const learned = data?.pictures.filter(({ part }) => part === 'train') ?? [];
  if (folder === undefined || learned.length === 0) return undefined;
  const files = learned.map(({ name }) => path.join(folder, name));
  // Without it a version is as good; only nothing can be compared with its training.
  return referenceOf(classifier, files).then(writtenReference, () => undefined);
}

/** A number that no version has, nor one that was removed. */
async function nextVersion(model: string): Promise<number> {
  const folders = (await fs.readdir(model)).filter((name) => VERSION.test(name));
  const noted = Object.keys((await readStages(model))?.hashes ?? {});
  return Math.max(0, ...[...folders, ...noted].map(Number)) + 1;
}

/** Of two processes that register at the same moment, the second one finds the number taken. */
async function takesName(made: string, folder: string): Promise<boolean> {
  try {
    await fs.rename(made, folder);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (['EEXIST', 'ENOTEMPTY', 'ENOTDIR'].includes(code ?? '')) return false;
    throw error;
  }
}

/** What processes that were killed have left. */
async function removeLeftovers(model: string): Promise<void> {
  for (const name of (await ifThere(fs.readdir(model))) ?? []) {
    if (unfinishedBy(name, VERSION) !== 'gone') continue;
    await fs.rm(path.join(model, name), { recursive: true, force: true });
  }
}
