/** JSON has no NaN and no infinities; they come as words, in the places where numbers stand. */
const WORDS = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

/** @param {any} value @returns {number} */
export const number = (value) => (typeof value === 'string' ? (WORDS.get(value) ?? NaN) : value);

/**
 * Asks the server; addresses are relative, since a proxy may stand before it.
 *
 * @param {string} what
 * @param {Record<string, string | number>} query
 * @returns {Promise<any>} undefined where there is nothing of this name any more
 */
export async function ask(what, query) {
  const response = await fetch(`./api/${what}?${new URLSearchParams(/** @type {any} */ (query))}`);
  return response.ok ? response.json() : undefined;
}

/** @param {string} id @param {string} file */
export const thumbnailUrl = (id, file) => `./api/thumbnail?${new URLSearchParams({ id, file })}`;

/**
 * Listens to what changes, and goes on listening when the server was away.
 *
 * @param {{ run(summary: any): void, gone(id: string): void, listed(): void, connected(is: boolean): void }} handlers
 */
export function listen(handlers) {
  const source = new EventSource('./api/events');
  const on = (/** @type {string} */ name, /** @type {(data: any) => void} */ then) =>
    source.addEventListener(name, (event) => then(JSON.parse(/** @type {any} */ (event).data)));
  on('run', handlers.run);
  on('gone', ({ id }) => handlers.gone(id));
  on('listed', handlers.listed);
  source.onopen = () => handlers.connected(true);
  source.onerror = () => {
    handlers.connected(false);
    // A browser gives up where the answer was an error, as a proxy gives while the server starts again.
    if (source.readyState === EventSource.CLOSED) {
      source.close();
      setTimeout(() => listen(handlers), 2000);
    }
  };
}
