/**
 * Makes an element. Texts become text nodes, never HTML: names of runs, classes and files come from outside.
 *
 * @param {string} tag
 * @param {Record<string, any>} [properties] of the element; `data` for its data-attributes, `attributes` for others
 * @param {...(Node | string | number | null | undefined)} children
 * @returns {any} the element
 */
export function element(tag, properties = {}, ...children) {
  const { data = {}, attributes = {}, ...own } = properties;
  const made = Object.assign(document.createElement(tag), own);
  Object.assign(made.dataset, data);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(
    ...children
      .filter((child) => child != null)
      .map((child) => (child instanceof Node ? child : String(child))),
  );
  return made;
}

/** @param {string} id @returns {any} */
export function byId(id) {
  return document.getElementById(id);
}

/**
 * A table, its first column being the names of its rows.
 *
 * @param {string} caption
 * @param {string[]} heads none for a table without a head
 * @param {Array<Array<string | number | Node>>} rows
 * @param {Set<number>} [numbers] the columns that hold numbers
 */
export function table(caption, heads, rows, numbers = new Set()) {
  const kind = (/** @type {number} */ column) => (numbers.has(column) ? 'number' : '');
  const head = element(
    'tr',
    {},
    ...heads.map((text, i) => element('th', { scope: 'col', className: kind(i) }, text)),
  );
  const body = rows.map((row) =>
    element(
      'tr',
      {},
      ...row.map((cell, i) =>
        i === 0
          ? element('th', { scope: 'row', className: kind(i) }, cell)
          : element('td', { className: kind(i) }, cell),
      ),
    ),
  );
  return element(
    'table',
    {},
    element('caption', {}, caption),
    heads.length > 0 ? element('thead', {}, head) : null,
    element('tbody', {}, ...body),
  );
}

/**
 * What is not all never reads as 100 %.
 *
 * @param {number} value a share in 0–1
 */
export function percent(value) {
  if (!Number.isFinite(value)) return String(value);
  const text = (100 * value).toFixed(1);
  return value < 1 && text === '100.0' ? '99.9 %' : `${text} %`;
}

/** @param {number | null | undefined} value */
export function short(value) {
  if (value == null) return '–';
  if (!Number.isFinite(value)) return String(value);
  return Math.abs(value) >= 1000
    ? Math.round(value).toLocaleString('en')
    : String(Number(value.toPrecision(4)));
}

/** @param {number} seconds */
export function duration(seconds) {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
