import { byId, element, percent, short, table } from './dom.js';
import { ask, number, thumbnailUrl } from './server.js';

/** A matrix with more classes fits on no screen: its largest cells are listed instead. */
const MOST_CLASSES = 12;
const MOST_CELLS = 50;
const WORST = 12;
const IN_GALLERY = 200;

/**
 * Shows how the model did on pictures: the confusion matrix, whose cells open the pictures behind them, and the worst
 * mistakes.
 *
 * @param {HTMLElement} card
 * @param {string} id of the run
 * @param {number} count how many evaluations there are; the last one is shown first
 */
export async function showAnswers(card, id, count) {
  if (count === 0) {
    card.replaceChildren(
      element('h3', {}, 'Answers'),
      element('p', { className: 'note' }, 'No evaluation was noted yet. '),
      element(
        'pre',
        {},
        element(
          'code',
          {},
          'await logEvaluation(log, await evaluatePictures(classifier, split.test));',
        ),
      ),
    );
    return;
  }
  await show(count - 1);

  /** @param {number} index */
  async function show(index) {
    const evaluation = await ask('evaluation', { id, index });
    if (!evaluation) return;
    for (const picture of evaluation.pictures)
      for (const name of ['probability', 'loss']) picture[name] = number(picture[name]);
    const { name, count: pictures, accuracy } = evaluation;
    const parts = [
      element('h3', {}, `Answers on the pictures «${name}»`),
      element(
        'p',
        {},
        `${pictures} ${pictures === 1 ? 'picture' : 'pictures'}, accuracy ${percent(number(accuracy))}, loss ${short(number(evaluation.loss))}`,
      ),
    ];
    if (count > 1) parts.push(chooser(index));
    const how =
      'Rows: what the picture is. Columns: what the model answered. A number opens its pictures.';
    parts.push(element('p', { className: 'note' }, how));
    card.replaceChildren(
      ...parts,
      matrix(id, evaluation),
      element('h3', {}, 'Worst mistakes'),
      worst(id, evaluation),
    );
  }

  /** @param {number} index */
  function chooser(index) {
    const select = element(
      'select',
      {},
      ...Array.from({ length: count }, (_, i) =>
        element('option', { value: String(i) }, `${i + 1} of ${count}`),
      ),
    );
    select.value = String(index);
    select.addEventListener('change', () => void show(Number(select.value)));
    return element('div', { className: 'controls' }, element('label', {}, 'Evaluation', select));
  }
}

/** @param {string} id @param {any} evaluation */
function matrix(id, evaluation) {
  const { classNames, cells } = evaluation;
  const scroll = element('div', {
    className: 'scroll',
    tabIndex: 0,
    attributes: { role: 'region', 'aria-label': 'Confusion matrix' },
  });
  const name = (/** @type {number} */ index) => classNames[index] ?? `class ${index}`;
  if (classNames.length > MOST_CLASSES) {
    const wrong = cells
      .filter((/** @type {number[]} */ [label, predicted]) => label !== predicted)
      .sort((/** @type {number[]} */ a, /** @type {number[]} */ b) => (b[2] ?? 0) - (a[2] ?? 0));
    const rows = wrong
      .slice(0, MOST_CELLS)
      .map((/** @type {number[]} */ [label = 0, predicted = 0, count]) => {
        const button = element('button', { type: 'button', className: 'plain' }, String(count));
        button.setAttribute(
          'aria-label',
          `${count}: show the pictures of ${name(label)} that were taken for ${name(predicted)}`,
        );
        button.addEventListener('click', () => openGallery(id, evaluation, label, predicted));
        return [name(label), name(predicted), button];
      });
    scroll.append(
      table(
        `The commonest confusions of ${classNames.length} classes`,
        ['true class', 'taken for', 'pictures'],
        rows,
        new Set([2]),
      ),
    );
    return scroll;
  }
  const most = Math.max(1, ...cells.map((/** @type {number[]} */ cell) => cell[2]));
  const counts = new Map(
    cells.map((/** @type {number[]} */ [label, predicted, count]) => [
      `${label} ${predicted}`,
      count,
    ]),
  );
  const head = element(
    'tr',
    {},
    element('td', {}),
    ...classNames.map((/** @type {string} */ each) => element('th', { scope: 'col' }, each)),
  );
  const rows = classNames.map((/** @type {string} */ trueClass, /** @type {number} */ label) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, trueClass),
      ...classNames.map((/** @type {string} */ predictedClass, /** @type {number} */ predicted) => {
        const count = /** @type {number} */ (counts.get(`${label} ${predicted}`) ?? 0);
        const button = element(
          'button',
          { type: 'button', disabled: count === 0, data: { label, predicted } },
          String(count),
        );
        button.setAttribute(
          'aria-label',
          `${count} ${count === 1 ? 'picture' : 'pictures'} of ${trueClass}, answered ${predictedClass}`,
        );
        // Up to 45 %, so that the number on it keeps its contrast.
        button.style.setProperty('--share', String((0.45 * count) / most));
        button.addEventListener('click', () => openGallery(id, evaluation, label, predicted));
        return element('td', {}, button);
      }),
    ),
  );
  scroll.append(
    element(
      'table',
      { className: 'matrix' },
      element('caption', {}, 'Confusion matrix'),
      element('thead', {}, head),
      element('tbody', {}, ...rows),
    ),
  );
  return scroll;
}

/** @param {string} id @param {any} evaluation */
function worst(id, evaluation) {
  const mistakes = evaluation.pictures.filter(
    (/** @type {any} */ { trueClass, predictedClass }) => trueClass !== predictedClass,
  );
  if (mistakes.length === 0) {
    const hasMistakes = evaluation.cells.some(
      (/** @type {number[]} */ [label, predicted]) => label !== predicted,
    );
    const note = hasMistakes
      ? 'The log does not name the pictures that were mistaken.'
      : 'No picture was mistaken.';
    return element('p', { className: 'note' }, note);
  }
  return element(
    'div',
    { className: 'pictures' },
    ...mistakes.slice(0, WORST).map((/** @type {any} */ each) => figure(id, each)),
  );
}

/** @param {string} id @param {any} picture */
function figure(id, { path, trueClass, predictedClass, probability, thumbnail }) {
  const name = path.split(/[/\\]/).at(-1);
  const words =
    trueClass === predictedClass
      ? `${trueClass}, ${percent(probability)} sure`
      : `${trueClass}, taken for ${predictedClass}, ${percent(probability)} sure`;
  const image = thumbnail
    ? element('img', {
        src: thumbnailUrl(id, thumbnail),
        alt: `${name}: ${words}`,
        loading: 'lazy',
        width: 128,
        height: 128,
      })
    : element('span', { className: 'no-picture' }, 'no copy');
  return element(
    'figure',
    {},
    image,
    element('figcaption', {}, words, element('div', { className: 'file', title: path }, name)),
  );
}

/** @param {string} id @param {any} evaluation @param {number} label @param {number} predicted */
function openGallery(id, evaluation, label, predicted) {
  const { classNames, pictures, cells } = evaluation;
  const [trueClass, predictedClass] = [classNames[label], classNames[predicted]];
  const chosen = pictures.filter(
    (/** @type {any} */ each) => each.label === label && each.predictedClass === predictedClass,
  );
  const all =
    cells.find((/** @type {number[]} */ cell) => cell[0] === label && cell[1] === predicted)?.[2] ??
    chosen.length;
  const shown = chosen.slice(0, IN_GALLERY);
  const part = shown.length < all ? ` (${shown.length} of ${all})` : '';
  byId('gallery-title').textContent = `${trueClass}, answered ${predictedClass}${part}`;
  const figures = shown.map((/** @type {any} */ each) => figure(id, each));
  const none = element(
    'p',
    { className: 'note' },
    'The log does not name the pictures of this cell.',
  );
  byId('gallery-pictures').replaceChildren(...(figures.length > 0 ? figures : [none]));
  byId('gallery').showModal();
}
