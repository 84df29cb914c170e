import { nameOf } from '../collections/namedPicture';
import { contentsOf } from '../collections/splitting/splitFile';
import { evaluatePictures } from '../evaluation/evaluatePictures';
import { labelledPictures } from '../evaluation/labelledPictures';
import { wilsonInterval } from '../evaluation/wilsonInterval';
import { show } from '../errors/show';
import type { Classifier } from '../models/classifier';
import type { RunEvaluation } from '../runs/log/runLogLines';
import { groupsOf, shownPath, type TrainingData } from './trainingData';
import type { TrainingRun } from './trainingRun';
import type { VersionTest } from './versionFile';

/**
 * What the run's log has noted of the model: the honest test, on pictures that its split held out; or only how well it remembers
 * those it learned from.
 */
export function loggedTests(
  { log }: TrainingRun,
  data: TrainingData | undefined,
  classNames: readonly string[],
): VersionTest[] {
  // A run that was resumed has noted more than one of a name; the last is the saved model's.
  const latest = new Map((log?.evaluations ?? []).map((each) => [each.name, each]));
  return [...latest.values()].flatMap((evaluation) => {
    const kind = kindOf(evaluation, data);
    if (kind === undefined || evaluation.classNames.join('/') !== classNames.join('/')) return [];
    const isHeldOut = kind === 'test part';
    return [
      {
        kind,
        data: data?.folder ?? null,
        groupedBy: isHeldOut ? data!.groupedBy : null,
        ...(isHeldOut ? groupsInTest(heldOut(data!), data!.groupOf, data) : NO_GROUPS),
        ...figures(matrixOf(evaluation)),
      },
    ];
  });
}

/** Only a test part whose split is known was held out for certain. */
function kindOf({ name, count }: RunEvaluation, data: TrainingData | undefined) {
  if (name === 'training') return 'training';
  const held = data ? heldOut(data).length : 0;
  return name === 'test' && held > 0 && held === count ? 'test part' : undefined;
}

/**
 * Measures a model on a folder of pictures that it has not learned from.
 *
 * @throws {Error} when one of them is, byte for byte, among those that it learned from, or what `evaluatePictures` throws
 */
export async function measuredTest(
  cannot: string,
  classifier: Classifier,
  folder: string,
  data: TrainingData | undefined,
): Promise<VersionTest> {
  const { pictures } = await labelledPictures(classifier, folder);
  const contents = await contentsOf(pictures);
  const learned = new Set(
    data?.pictures.flatMap(({ part, content }) => (part === 'test' ? [] : [content])),
  );
  const known = pictures.filter(({ path }) => learned.has(contents.get(path)!));
  if (known.length > 0) {
    throw new Error(
      `${cannot}: pictures to test that it has never seen are required, and ${known.length} of the ${pictures.length} in ${show(folder)} were in its training, the first is ${show(known[0]!.path)}`,
    );
  }
  const { confusionMatrix } = await evaluatePictures(classifier, pictures);
  const names = pictures.map(({ path }) => nameOf(folder, path));
  return {
    kind: 'folder',
    data: shownPath(folder),
    groupedBy: null,
    ...groupsInTest(names, await groupsOf(folder), data),
    ...figures(confusionMatrix),
  };
}

const NO_GROUPS = { groups: null, seenGroups: null };

/** How many groups the pictures of a test show, and how many of these the training has shown too. */
function groupsInTest(
  names: readonly string[],
  groupOf: ReadonlyMap<string, string>,
  data: TrainingData | undefined,
): Pick<VersionTest, 'groups' | 'seenGroups'> {
  const groups = new Set(names.map((name) => groupOf.get(name)));
  if (groups.has(undefined)) return NO_GROUPS;
  const learned = data?.pictures.filter(({ part }) => part !== 'test') ?? [];
  const seen = new Set(learned.map(({ name }) => data!.groupOf.get(name)));
  const isKnown = learned.length > 0 && !seen.has(undefined);
  const both = [...groups].filter((group) => seen.has(group)).length;
  return { groups: groups.size, seenGroups: isKnown ? both : null };
}

function heldOut({ pictures }: TrainingData): string[] {
  return pictures.flatMap(({ name, part }) => (part === 'test' ? [name] : []));
}

function figures(
  confusionMatrix: number[][],
): Pick<VersionTest, 'count' | 'right' | 'accuracy' | 'interval' | 'confusionMatrix'> {
  const count = confusionMatrix.flat().reduce((sum, cell) => sum + cell, 0);
  const right = confusionMatrix.reduce((sum, row, label) => sum + row[label]!, 0);
  const interval = wilsonInterval(right, count);
  return { count, right, accuracy: right / count, interval, confusionMatrix };
}

function matrixOf({ classNames, cells }: RunEvaluation): number[][] {
  const matrix = classNames.map(() => classNames.map(() => 0));
  for (const [label, predicted, count] of cells) {
    const row = matrix[label];
    if (row && predicted < row.length) row[predicted] = count;
  }
  return matrix;
}
