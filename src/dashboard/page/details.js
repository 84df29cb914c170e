import { drawHistogram } from './charts.js';
import { showAnswers } from './answers.js';
import { byId, duration, element, short, table } from './dom.js';
import { ask, number } from './server.js';

/** What is on the page now, so that nothing is asked or drawn twice. */
let shown = { id: '', begin: '', weights: '', answers: '' };
/** @type {{ weight: string, epoch: number | 'last' }} what the reader has chosen */
const chosen = { weight: '', epoch: 'last' };

/**
 * Shows one run: what it was, its network, its weights and its answers.
 *
 * @param {any} summary
 * @param {import('./epochs.js').Epochs | undefined} epochs
 */
export async function showDetails(summary, epochs) {
  const { id, state, end, problems } = summary;
  if (shown.id !== id) {
    shown = { id, begin: '', weights: '', answers: '' };
    byId('weights').replaceChildren();
    byId('answers').replaceChildren();
  }
  byId('details-title').textContent = `Run ${id}`;
  const problemTexts = [
    ...(end?.error ? [`The training failed: ${end.error}`] : []),
    ...problems.map((/** @type {string} */ problem) => `In the log of this run, ${problem}.`),
  ];
  if (state === 'broken off')
    problemTexts.push('The process of this training is gone, and did not say how it ended.');
  byId('problems').replaceChildren(
    ...problemTexts.map((text) => element('p', { className: 'problem' }, text)),
  );
  if (!epochs) return;
  showAbout(summary, epochs);
  if (shown.begin !== epochs.begin?.time) {
    shown.begin = epochs.begin?.time;
    showModel(epochs.begin);
  }
  await showWeights(summary, epochs);
  if (shown.answers !== `${summary.generation} ${summary.evaluations}`) {
    shown.answers = `${summary.generation} ${summary.evaluations}`;
    await showAnswers(byId('answers'), id, summary.evaluations);
  }
}

/** @param {any} summary @param {import('./epochs.js').Epochs} epochs */
function showAbout({ end }, { begin, msPerStep, seconds }) {
  const last = (/** @type {number[]} */ list) => (list.length > 0 ? list.at(-1) : undefined);
  const middle = [...msPerStep].sort((a, b) => a - b)[Math.floor(msPerStep.length / 2)];
  /** @type {Array<[string, string]>} */
  const rows = [];
  if (begin) {
    rows.push(
      ['Began', new Date(begin.time).toLocaleString()],
      ['Device', begin.device.description],
    );
  }
  rows.push(
    [
      'Speed',
      middle === undefined
        ? '–'
        : `${short(middle)} ms a step (median), ${short(last(msPerStep))} ms in the last epoch`,
    ],
    [
      'An epoch',
      `${duration(last(seconds) ?? NaN)}${begin?.steps ? `, ${begin.steps} steps` : ''}`,
    ],
  );
  if (end) rows.push(['In all', duration(number(end.seconds))]);
  if (begin) {
    for (const [name, value] of Object.entries(begin.settings)) rows.push([name, String(value)]);
    rows.push([
      'Versions',
      Object.entries(begin.versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ]);
  }
  byId('about').replaceChildren(
    element('h3', {}, 'Device, speed and settings'),
    table('What this run was', [], rows),
  );
}

/** @param {any} begin */
function showModel(begin) {
  if (!begin) return byId('model').replaceChildren();
  const { name, layers, parameters, trainable } = begin.model;
  const rows = layers.map((/** @type {any} */ layer) => [
    layer.name,
    layer.type,
    layer.outputShape.replaceAll(' ', '\u00a0'),
    layer.parameters.toLocaleString('en'),
  ]);
  const caption = `${name}: ${parameters.toLocaleString('en')} parameters, ${trainable.toLocaleString('en')} of them trained; n is the batch`;
  byId('model').replaceChildren(
    element('h3', {}, 'Network'),
    element(
      'div',
      {
        className: 'scroll',
        tabIndex: 0,
        attributes: { role: 'region', 'aria-label': 'Network: layers' },
      },
      table(caption, ['layer', 'kind', 'output', 'parameters'], rows, new Set([3])),
    ),
  );
}

/** @param {any} summary @param {import('./epochs.js').Epochs} epochs */
async function showWeights(summary, epochs) {
  const choices = [
    ...new Set([...epochs.withWeights, ...(summary.end?.hasWeights ? [summary.end.epochs] : [])]),
  ];
  const latest = choices.at(-1);
  if (latest === undefined) return;
  const epoch = chosen.epoch !== 'last' && choices.includes(chosen.epoch) ? chosen.epoch : latest;
  const key = `${summary.generation} ${epoch} ${chosen.weight} ${choices.length} ${innerWidth}`;
  if (shown.weights === key) return;
  shown.weights = key;
  const weights = await ask('weights', { id: summary.id, epoch });
  if (!weights) return;
  const names = weights.map((/** @type {any} */ { name }) => name);
  const weight = weights[Math.max(0, names.indexOf(chosen.weight))];
  if (!weight) return;
  for (const end of ['least', 'most']) weight[end] = number(weight[end]);

  const card = byId('weights');
  if (!card.firstChild) {
    const select = element('select', { id: 'weight' });
    const range = element('input', { id: 'weight-epoch', type: 'range', min: '0' });
    select.addEventListener('change', () => {
      chosen.weight = select.value;
      void again();
    });
    range.addEventListener('input', () => {
      const { choices: all } = current;
      const index = Number(range.value);
      chosen.epoch = index >= all.length - 1 ? 'last' : (all[index] ?? 'last');
      void again();
    });
    card.replaceChildren(
      element('h3', {}, 'Layer histograms'),
      element(
        'div',
        { className: 'controls' },
        element('label', {}, 'Weight', select),
        element('label', {}, 'After epoch', range, element('output', { id: 'weight-epoch-name' })),
      ),
      element('div', { id: 'weight-chart', className: 'chart' }),
      element('p', { id: 'weight-note', className: 'note' }),
      element(
        'details',
        {},
        element('summary', {}, 'The same as a table'),
        element('div', {
          id: 'weight-table',
          className: 'scroll',
          tabIndex: 0,
          attributes: { role: 'region', 'aria-label': 'Histogram: numbers' },
        }),
      ),
    );
  }
  again = () => showWeights(summary, epochs);
  current = { choices };
  const select = byId('weight');
  if ([...select.options].map(({ value }) => value).join('\n') !== names.join('\n')) {
    select.replaceChildren(
      ...names.map((/** @type {string} */ name) => element('option', { value: name }, name)),
    );
  }
  select.value = weight.name;
  byId('weight-epoch').max = String(choices.length - 1);
  byId('weight-epoch').value = String(choices.indexOf(epoch));
  byId('weight-epoch').setAttribute('aria-valuetext', `epoch ${epoch}`);
  byId('weight-epoch-name').textContent = String(epoch);
  const all = weight.shape.reduce(
    (/** @type {number} */ product, /** @type {number} */ size) => product * size,
    1,
  );
  const hasFinite = weight.columns.length > 0;
  byId('weight-note').textContent = [
    `${weight.shape.join(' × ') || 1} ${all === 1 ? 'number' : 'numbers'}`,
    hasFinite
      ? `, from ${short(weight.least)} to ${short(weight.most)}.`
      : ', none of them finite.',
    weight.counted < all
      ? ` ${weight.counted.toLocaleString('en')} of ${all.toLocaleString('en')} were counted, evenly spread.`
      : '',
    hasFinite && weight.notFinite > 0
      ? ` ${weight.notFinite.toLocaleString('en')} are NaN or infinite.`
      : '',
  ].join('');
  const rows = weight.columns.map((/** @type {any} */ { from, to, count }) => [from, to, count]);
  byId('weight-table').replaceChildren(
    table(
      `${weight.name} after epoch ${epoch}`,
      ['from', 'to', 'numbers'],
      rows,
      new Set([0, 1, 2]),
    ),
  );
  if (hasFinite) await drawHistogram(byId('weight-chart'), weight);
  else byId('weight-chart').replaceChildren();
}

/** Shows the weights of the same run after the reader has chosen others. @type {() => Promise<void>} */
let again = async () => {};
/** @type {{ choices: number[] }} */
let current = { choices: [] };
