import type { ComparedSettings, Comparison } from './compareRuns';

/**
 * Describes what settings have reached, a line each with mean, spread, every single run and the time of a training, and
 * whether one of them can be called the best.
 *
 * @param comparison whose scores are shares, such as accuracies, in 0–1
 *
 * @example
 * const train = async (dropout: number, { seed }: ComparedTraining) => 0.8 - dropout / 10 + seed / 100; // or a real one
 * const comparison = await compareRuns({ none: 0, half: 0.5 }, { seeds: [1, 2, 3], train });
 * describeComparison(comparison).split('\n').at(-1); // 'Best: none; its mean, less its spread, is above every other mean with its spread.'
 */
export function describeComparison({ settings, best }: Comparison): string {
  const widest = Math.max(...settings.map(({ name }) => name.length));
  const lines = settings.map((each) => `${each.name.padEnd(widest)}  ${describeRuns(each)}`);
  const verdict =
    best === undefined
      ? 'No winner: the best mean, less its spread, is not above every other mean with its spread.'
      : `Best: ${best}; its mean, less its spread, is above every other mean with its spread.`;
  return [...lines, verdict].join('\n');
}

function describeRuns({ runs, mean, spread, seconds }: ComparedSettings): string {
  const each = runs.map(({ score }) => percent(score)).join(' ');
  return `${percent(mean)} ± ${percent(spread)} %  (${each})  ${seconds.toFixed(1)} s`;
}

const percent = (share: number): string => (100 * share).toFixed(1);
