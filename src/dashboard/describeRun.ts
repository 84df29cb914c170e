import { accuracyNames } from '../display/charts/trainingSeries';
import type { RecordedRun } from '../runs/log/runLogReader';
import type { WeightHistogram } from '../runs/log/runLogLines';
import { type HistogramColumn, histogramColumns } from './histogramColumns';
import type { StoredRun } from './runStore';

/** What a person calls a metric, and the part of the pictures that it was measured on. */
function titleOf(name: string, all: ReadonlySet<string>) {
  const base = name.replace(/^val_/, '');
  const of = name === base ? '' : 'val_';
  // Of several accuracies the first is drawn under that name, as in the notebooks.
  const accuracy = accuracyNames.find((one) => all.has(of + one));
  const words = base === accuracy ? 'Accuracy' : base === 'loss' ? 'Loss' : base;
  return { words, part: name === base ? 'training' : 'validation' };
}

/** The accuracy of an epoch, whatever the model was compiled with; null where none was measured. */
function accuracyIn(metrics: Readonly<Record<string, number>>, of: '' | 'val_'): number | null {
  const name = accuracyNames.find((one) => Object.hasOwn(metrics, of + one));
  return name === undefined ? null : metrics[of + name]!;
}

/** What the list of runs shows. */
export function runSummary({ id, run, generation }: StoredRun) {
  const { name, state, begin, epochs, progress, end, evaluations, problems } = run;
  const last = epochs.at(-1);
  return {
    ...{ id, name, state, generation, problems },
    began: begin?.time ?? null,
    epochs: last?.epoch ?? 0,
    planned: begin?.epochs ?? null,
    metrics: last?.metrics ?? {},
    accuracy: accuracyIn(last?.metrics ?? {}, ''),
    validationAccuracy: accuracyIn(last?.metrics ?? {}, 'val_'),
    progress: state === 'running' && progress ? progress : null,
    end: end
      ? {
          how: end.how,
          reason: end.reason ?? null,
          epochs: end.epochs,
          seconds: end.seconds,
          error: end.error ?? null,
          hasWeights: end.weights !== undefined,
        }
      : null,
    evaluations: evaluations.length,
  };
}

/** The epochs after `from`, column by column, and what stands about them all where a page asks for the first time. */
export function runEpochs({ id, run, generation }: StoredRun, from: number) {
  const fresh = run.epochs.filter(({ epoch }) => epoch > from);
  const names = new Set(fresh.flatMap(({ metrics }) => Object.keys(metrics)));
  return {
    ...{ id, generation, from },
    epoch: fresh.map(({ epoch }) => epoch),
    metrics: [...names].map((name) => ({
      name,
      title: titleOf(name, names),
      values: fresh.map(({ metrics }) => metrics[name] ?? NaN),
    })),
    msPerStep: fresh.map(({ msPerStep }) => msPerStep),
    seconds: fresh.map(({ seconds }) => seconds),
    learningRate: fresh.map(({ learningRate }) => learningRate),
    withWeights: fresh.filter(({ weights }) => weights).map(({ epoch }) => epoch),
    ...(from === 0 && run.begin ? { begin: run.begin } : {}),
  };
}

/** How the weights were spread after an epoch, in columns; undefined where that was not noted. */
export function runWeights(
  run: RecordedRun,
  epoch: number,
): Array<WeightHistogram & { columns: HistogramColumn[] }> | undefined {
  const weights =
    run.epochs.find((each) => each.epoch === epoch)?.weights ??
    (run.end?.epochs === epoch ? run.end.weights : undefined);
  return weights?.map((weight) => ({ ...weight, columns: histogramColumns(weight) }));
}
