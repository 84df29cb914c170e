import { byId, duration, element, percent, short, table } from './dom.js';

const ASK_EVERY = 2000; // ms
const HEIGHT = 100;

/** What stands in the column «what» of the drift. */
const WHAT = {
  classes: 'classes that are answered',
  probability: 'how sure it is',
  brightness: 'brightness',
  contrast: 'contrast',
  embedding: 'what the network finds',
};

/** What is shown now, so that a reader's selection in a table is not lost for nothing. */
let shown = '';

byId('minutes').addEventListener('change', () => void show());
void (async () => {
  for (;;) {
    if (!document.hidden) await show();
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY));
  }
})();

async function show() {
  try {
    const query = new URLSearchParams({ minutes: byId('minutes').value });
    const response = await fetch(`./api/served?${query}`);
    const isRead = response.ok || response.status === 404;
    byId('connection').textContent = isRead ? 'Live' : 'What was served cannot be read.';
    if (isRead) draw(response.ok ? await response.json() : undefined);
  } catch {
    byId('connection').textContent = 'The dashboard does not answer. Trying again …';
  }
}

/** @param {any} served what the server sent; undefined where nothing was ever served */
function draw(served) {
  byId('empty').hidden = served !== undefined;
  for (const id of ['over-time', 'versions']) byId(id).hidden = !served;
  byId('alerts').hidden = !served || served.alerts.length === 0;
  if (!served) return;
  const { versions, alerts, points, isCut } = served;
  const text = JSON.stringify([
    versions,
    alerts,
    points.map((/** @type {any} */ { count, slow }) => [count, slow]),
  ]);
  if (text === shown) return;
  shown = text;
  byId('alert-list').replaceChildren(
    ...alerts.map((/** @type {any} */ { version, words }) =>
      element('li', {}, element('b', {}, version), `: ${words}`),
    ),
  );
  const all = versions.reduce(
    (/** @type {number} */ sum, /** @type {any} */ { count }) => sum + count,
    0,
  );
  const cut = isCut ? ' More were answered; these are the latest.' : '';
  byId('counts').replaceChildren(
    element('h3', {}, 'Pictures answered'),
    bars(
      points,
      (point) => point.count,
      (value) => `${value}`,
    ),
    element('p', { className: 'note' }, `${all.toLocaleString('en')} in all.${cut}`),
  );
  byId('times').replaceChildren(
    element('h3', {}, 'Time of a request'),
    bars(points, (point) => point.slow ?? 0, milliseconds),
    element('p', { className: 'note' }, 'Of 100 requests 95 took less.'),
  );
  byId('version-list').replaceChildren(...versions.map(versionCard));
  if (versions.length === 0) {
    byId('version-list').replaceChildren(element('p', {}, 'Nothing was answered in this time.'));
  }
}

/**
 * A bar for each part of the time; the numbers stand beside it as text, too.
 *
 * @param {any[]} points @param {(point: any) => number} valueOf @param {(value: number) => string} words
 */
function bars(points, valueOf, words) {
  const values = points.map(valueOf);
  const most = Math.max(...values);
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', `0 0 ${points.length} ${HEIGHT}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  values.forEach((value, i) => {
    const height = most > 0 ? (HEIGHT * value) / most : 0;
    const bar = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    const box = { x: i + 0.1, y: HEIGHT - height, width: 0.8, height };
    for (const [name, number] of Object.entries(box)) bar.setAttribute(name, String(number));
    svg.append(bar);
  });
  const from = clock(points[0].time);
  const to = clock(points.at(-1).time);
  return element(
    'figure',
    {},
    svg,
    element('figcaption', {}, `${from} to ${to}; the highest bar: ${words(most)}`),
  );
}

/** @param {number} value */
function milliseconds(value) {
  return value < 1000 ? `${value.toFixed(1)} ms` : duration(value / 1000);
}

/** @param {number} time */
function clock(time) {
  return new Date(time).toLocaleString([], {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** @param {any} version */
function versionCard(version) {
  const { count, classes, probability, median, slow, drift, judged, right } = version;
  const name = `${version.model}@${version.version}`;
  const figures = [
    ['pictures', count.toLocaleString('en')],
    ['probability of the class, mean', percent(probability)],
    ['half of the requests took less than', milliseconds(median)],
    ['95 of 100 took less than', milliseconds(slow)],
    [
      'right, of those that people have judged, who tell of wrong ones more often',
      judged > 0 ? `${right} of ${judged}` : 'none yet',
    ],
  ];
  const shares = classes.map((/** @type {[string, number]} */ [each, number]) => {
    const bar = element('span', { className: 'share', attributes: { 'aria-hidden': 'true' } });
    bar.style.width = `${(100 * number) / count}%`;
    const room = element('span', { className: 'room' }, bar);
    return [each, number.toLocaleString('en'), percent(number / count), room];
  });
  return element(
    'article',
    { className: 'card' },
    element('h3', {}, name),
    scroll(`${name}: figures`, table('Answers', [], figures)),
    scroll(
      `${name}: classes`,
      table('Classes', ['class', 'answers', 'share', 'as a bar'], shares, new Set([1, 2])),
    ),
    drift
      ? scroll(`${name}: drift`, driftTable(drift))
      : element(
          'p',
          { className: 'note' },
          'What its training looked like is not known, so nothing can be compared: register it by npx smile-lab models add.',
        ),
  );
}

/** @param {any[]} drift */
function driftTable(drift) {
  const rows = drift.map(({ what, count, value, limit, isLarge }) => {
    const isTest = what === 'embedding';
    const measure = isTest ? 'p' : 'index';
    const result =
      value === null
        ? 'too few answers'
        : `${measure} ${isTest && value < 0.0001 ? '< 0.0001' : short(value)}`;
    const verdict = value === null ? '–' : isLarge ? 'differs' : 'as in the training';
    return [
      WHAT[/** @type {keyof typeof WHAT} */ (what)],
      String(count),
      result,
      `${isTest ? 'below' : 'above'} ${short(limit)}`,
      verdict,
    ];
  });
  return table(
    'Beside the pictures of its training',
    ['what', 'answers', 'how far', 'differs if', 'so it is'],
    rows,
    new Set([1]),
  );
}

/** @param {string} label @param {Node} content */
function scroll(label, content) {
  const attributes = { role: 'region', 'aria-label': label };
  return element('div', { className: 'scroll', tabIndex: 0, attributes }, content);
}
