import { ask, number } from './server.js';

/**
 * The epochs of a run, as far as this page has asked for them.
 *
 * @typedef {{ generation: number, last: number, epoch: number[], metrics: Map<string, number[]>,
 *   titles: Map<string, { words: string, part: string }>, msPerStep: number[],
 *   seconds: number[], withWeights: number[], begin: any }} Epochs
 */

/** @type {Map<string, Epochs>} */
const known = new Map();
/** @type {Map<string, Promise<Epochs | undefined>>} */
const asking = new Map();

/**
 * Fetches what this page does not have yet of a run: only epochs that are new.
 *
 * @param {{ id: string, generation: number, epochs: number, began: string | null }} summary
 * @returns {Promise<Epochs | undefined>} undefined where the run is gone
 */
export function epochsOf(summary) {
  const { id, generation, epochs } = summary;
  // Another log of the same name, or a training that was resumed.
  if (known.has(id) && (known.get(id)?.begin?.time ?? null) !== summary.began) known.delete(id);
  const have = known.get(id);
  if (have && have.generation === generation && have.last >= epochs) return Promise.resolve(have);
  const running = asking.get(id);
  // What comes meanwhile is fetched by the question after this one.
  if (running) return running.then(() => epochsOf(summary));
  const question = fetchNew(id, have).finally(() => asking.delete(id));
  asking.set(id, question);
  return question;
}

/** @param {string} id @param {Epochs | undefined} have */
async function fetchNew(id, have) {
  const answer = await ask('run', {
    id,
    from: have?.last ?? 0,
    generation: have?.generation ?? -1,
  });
  if (!answer) return undefined;
  const isContinued = have && answer.from > 0;
  /** @type {Epochs} */
  const epochs = isContinued
    ? have
    : {
        generation: 0,
        last: 0,
        epoch: [],
        metrics: new Map(),
        titles: new Map(),
        msPerStep: [],
        seconds: [],
        withWeights: [],
        begin: null,
      };
  const before = epochs.epoch.length;
  epochs.generation = answer.generation;
  if (answer.begin) epochs.begin = answer.begin;
  epochs.epoch.push(...answer.epoch);
  epochs.msPerStep.push(...answer.msPerStep.map(number));
  epochs.seconds.push(...answer.seconds.map(number));
  epochs.withWeights.push(...answer.withWeights);
  for (const { name, title, values } of answer.metrics) {
    epochs.titles.set(name, title);
    const list = epochs.metrics.get(name) ?? Array(before).fill(NaN);
    list.push(...values.map(number));
    epochs.metrics.set(name, list);
  }
  for (const list of epochs.metrics.values())
    while (list.length < epochs.epoch.length) list.push(NaN);
  epochs.last = epochs.epoch.at(-1) ?? 0;
  known.set(id, epochs);
  return epochs;
}

/** @param {string} id */
export function forget(id) {
  known.delete(id);
}
