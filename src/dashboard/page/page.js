import { colours, curveCard, tfvis } from './charts.js';
import { showDetails } from './details.js';
import { byId, duration, element, percent } from './dom.js';
import { epochsOf, forget } from './epochs.js';
import { listen, number } from './server.js';

/** Redrawn at most so often, however many runs are going on. */
const DRAW_EVERY = 1000; // ms
/** So many runs are ticked at first. */
const TICKED_FIRST = 3;

/** @type {Map<string, any>} what the server sent last of each run */
const runs = new Map();
/** @type {Set<string>} the runs that the server sent since the connection was made */
const sentRuns = new Set();
/** @type {Map<string, any>} the elements of each run in the list */
const items = new Map();
/** @type {Set<string>} */
let ticked = new Set();
/** @type {Map<string, string>} a run keeps its colour for as long as it is ticked */
const colourOf = new Map();
/** @type {string | undefined} the run whose details are shown */
let open;
/** Whether the reader has chosen; until then the newest runs are shown. */
let hasChosen = false;
let isListed = false;
/** When the last drawing began. */
let drawnLast = -Infinity;
let drawTook = 0;
/** Ends the pause before the next drawing. */
let wake = () => {};
let isDirty = false;
let isDrawing = false;
/** @type {Map<string, ReturnType<typeof curveCard>>} */
const cards = new Map();

// A page that is loaded again shows what it showed.
const kept = JSON.parse(sessionStorage.getItem('chosen') ?? 'null');
if (kept) [ticked, open, hasChosen] = [new Set(kept.ticked), kept.open, true];

listen({
  run(summary) {
    const before = runs.get(summary.id);
    runs.set(summary.id, summary);
    sentRuns.add(summary.id);
    if (isListed && !before && !hasChosen) chooseNewest();
    showList();
    if (ticked.has(summary.id) || open === summary.id) redraw();
  },
  gone(id) {
    remove(id);
    showList();
    redraw();
  },
  listed() {
    isListed = true;
    // Runs that were removed while the server was away.
    for (const id of [...runs.keys()]) if (!sentRuns.has(id)) remove(id);
    if (!hasChosen) chooseNewest();
    showList();
    redraw();
  },
  connected(is) {
    if (is) sentRuns.clear();
    byId('connection').textContent = is ? 'Live' : 'The dashboard does not answer. Trying again …';
  },
});
document.addEventListener('visibilitychange', () => redraw(true));
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => redraw(true));
let width = innerWidth;
addEventListener('resize', () => {
  if (innerWidth === width) return;
  width = innerWidth;
  redraw(true);
});

/** @param {string} id */
function remove(id) {
  runs.delete(id);
  forget(id);
  ticked.delete(id);
  if (open === id) open = undefined;
}

/** The runs, the one that began last first. */
function inOrder() {
  return [...runs.values()].sort(
    (a, b) => (b.began ?? '').localeCompare(a.began ?? '') || a.id.localeCompare(b.id),
  );
}

function chooseNewest() {
  const isRunning = (/** @type {any} */ { state }) => Number(state === 'running');
  const first = inOrder().sort((a, b) => isRunning(b) - isRunning(a));
  ticked = new Set(first.slice(0, TICKED_FIRST).map(({ id }) => id));
  open = first[0]?.id;
}

function keepChoice() {
  hasChosen = true;
  sessionStorage.setItem('chosen', JSON.stringify({ ticked: [...ticked], open }));
}

function giveColours() {
  for (const id of colourOf.keys()) if (!ticked.has(id)) colourOf.delete(id);
  const used = new Set(colourOf.values());
  for (const { id } of inOrder()) {
    if (!ticked.has(id) || colourOf.has(id)) continue;
    const next = colours[colourOf.size % colours.length] ?? 'black';
    const colour = colours.find((each) => !used.has(each)) ?? next;
    used.add(colour);
    colourOf.set(id, colour);
  }
}

function showList() {
  giveColours();
  const list = byId('run-list');
  const ordered = inOrder();
  byId('runs-hint').hidden = ordered.length === 0;
  for (const [id, item] of items) {
    if (runs.has(id)) continue;
    item.root.remove();
    items.delete(id);
  }
  ordered.forEach((summary, index) => {
    const item = items.get(summary.id) ?? newItem(summary);
    updateItem(item, summary);
    if (list.children[index] !== item.root)
      list.insertBefore(item.root, list.children[index] ?? null);
  });
  tell(
    'list',
    ordered.map(({ id, epochs }) => [id, epochs]),
  );
}

/**
 * Tells scripts that measure how soon something is to be seen, with the last epoch of each run.
 *
 * @param {string} what has changed
 * @param {[id: string, epoch: number][]} detail
 */
function tell(what, detail) {
  document.dispatchEvent(new CustomEvent(`smile-lab:${what}`, { detail }));
}

/** @param {any} summary */
function newItem({ id }) {
  const tick = element('input', {
    type: 'checkbox',
    attributes: { 'aria-label': `Compare ${id}` },
  });
  tick.addEventListener('change', () => {
    if (tick.checked) ticked.add(id);
    else ticked.delete(id);
    keepChoice();
    showList();
    redraw(true);
  });
  const name = element('button', { type: 'button', textContent: id });
  name.addEventListener('click', () => {
    open = id;
    keepChoice();
    showList();
    redraw(true).then(() => byId('details').scrollIntoView({ block: 'start' }));
  });
  const [state, bar, swatch] = [
    element('p', { className: 'state' }),
    element('progress', { hidden: true, attributes: { 'aria-label': `Progress of ${id}` } }),
    element('span', { className: 'swatch' }),
  ];
  const heading = element('div', {}, swatch, name);
  const item = {
    root: element('li', { className: 'run' }, tick, heading, state, bar),
    tick,
    name,
    state,
    bar,
    swatch,
  };
  items.set(id, item);
  return item;
}

/** @param {any} item @param {any} summary */
function updateItem(item, summary) {
  const { id, state, epochs, planned, progress, end } = summary;
  item.tick.checked = ticked.has(id);
  item.swatch.style.background = colourOf.get(id) ?? '';
  item.swatch.hidden = !ticked.has(id);
  item.root.dataset.open = String(open === id);
  item.name.setAttribute('aria-pressed', String(open === id));
  item.state.dataset.state = state;
  const accuracy = number(summary.accuracy ?? NaN);
  const validation = number(summary.validationAccuracy ?? NaN);
  const parts = [
    ` · ${epochs}${planned ? ` of ${planned}` : ''} epochs`,
    Number.isFinite(accuracy) ? ` · accuracy ${percent(accuracy)}` : '',
    Number.isFinite(validation) ? `, validation ${percent(validation)}` : '',
    end ? ` · ${duration(number(end.seconds))}` : '',
  ];
  item.state.replaceChildren(element('b', {}, end?.reason ?? state), parts.join(''));
  const steps = progress?.steps;
  item.bar.hidden = state !== 'running' || !planned;
  item.bar.max = planned ?? 1;
  item.bar.value =
    progress && progress.epoch > epochs && steps ? epochs + progress.step / steps : epochs;
}

/**
 * Draws soon: at once after a pause or where the reader has done something, else at most once a second, and on a slow
 * computer so seldom that the page answers most of the time.
 *
 * @param {boolean} [isUrgent]
 */
async function redraw(isUrgent = false) {
  isDirty = true;
  if (isUrgent) drawnLast = -Infinity;
  if (isUrgent) wake();
  if (isDrawing || document.hidden) return;
  isDrawing = true;
  try {
    while (isDirty && !document.hidden) {
      const wait = drawnLast + Math.max(DRAW_EVERY, 5 * drawTook) - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout((wake = () => resolve(0)), wait));
      isDirty = false;
      // A reader who does something meanwhile is drawn for at once.
      drawnLast = performance.now();
      await draw();
    }
  } finally {
    isDrawing = false;
  }
}

async function draw() {
  byId('empty').hidden = !isListed || runs.size > 0;
  const shown = inOrder().filter(({ id }) => ticked.has(id));
  const fetched = await Promise.all(shown.map((summary) => epochsOf(summary)));
  const ready = shown.flatMap((summary, i) => {
    const epochs = fetched[i];
    return epochs && epochs.epoch.length > 0 ? [{ id: summary.id, epochs }] : [];
  });
  byId('curves').hidden = ready.length === 0;
  // What the page waits for does not keep it from answering. Where it does not come, the first chart says that.
  if (ready.length > 0) await tfvis().catch(() => {});
  const start = performance.now();
  await showCurves(ready);
  tell(
    'curves',
    ready.map(({ id, epochs }) => [id, epochs.last]),
  );
  const summary = open === undefined ? undefined : runs.get(open);
  byId('details').hidden = !summary;
  if (summary) await showDetails(summary, await epochsOf(summary));
  drawTook = performance.now() - start;
}

/** @param {{ id: string, epochs: import('./epochs.js').Epochs }[]} ready */
async function showCurves(ready) {
  /** @type {Map<string, import('./charts.js').Series[]>} */
  const charts = new Map();
  // One run: training and validation in one chart, for the gap between them. Several: a chart each, for comparing runs.
  const isOne = ready.length === 1;
  for (const { id, epochs } of ready) {
    for (const [metric, values] of epochs.metrics) {
      const { words, part } = epochs.titles.get(metric) ?? { words: metric, part: 'training' };
      const title = isOne ? words : `${words}, ${part}`;
      const colour = isOne
        ? colours[part === 'training' ? 0 : 1]
        : (colourOf.get(id) ?? colours[0]);
      const series = {
        name: isOne ? part : id,
        colour: /** @type {string} */ (colour),
        epoch: epochs.epoch,
        values,
      };
      charts.set(title, [...(charts.get(title) ?? []), series]);
    }
  }
  const order = [...charts.keys()].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  for (const [title, { card }] of cards) {
    if (charts.has(title)) continue;
    card.remove();
    cards.delete(title);
  }
  const container = byId('charts');
  for (const [i, title] of order.entries()) {
    const card = cards.get(title) ?? curveCard(title);
    cards.set(title, card);
    if (container.children[i] !== card.card)
      container.insertBefore(card.card, container.children[i] ?? null);
  }
  for (const title of order) await cards.get(title)?.update(charts.get(title) ?? []);
}

/**
 * Loss first, then accuracy; the rest by name.
 *
 * @param {string} title
 */
function rank(title) {
  return title.startsWith('Loss') ? 0 : title.startsWith('Accuracy') ? 1 : 2;
}
