const { ratios } = require('./statistics');

/**
 * @typedef {object} Measure something that is timed side by side
 * @property {string} name for `--only`
 * @property {(inputs: import('./inputs').Inputs) => Roles | Promise<Roles>} prepare who does what
 * @property {boolean} [wantsOwnProcess] for Keras, which shares one between measures with `--quick`
 * @property {boolean} [isLong] `--quick` leaves it out, unless it is asked for by its name
 * @property {(round: Record<string, any>) => void} [check] throws when what a round's contestants computed differs
 * @property {(quick: boolean) => Figure[]} figures
 *
 * @typedef {Record<string, object | (() => Promise<object>)>} Roles tasks, as `contestants.js` takes them
 * @typedef {Record<string, any[]>} Answers of each role, one a round
 * @typedef {(answer: any) => number} ValueOf
 * @typedef {Record<string, number[]>} Lists by name, one value a round
 *
 * @typedef {{ place: number, measure: string, must: number, aim?: number, better: string, isSeen?: boolean }} Promised a
 *   line of the table; better: 'more' or 'less'; isSeen: it is about what one sees, and stands in a table of its own
 * @typedef {{ of: ValueOf, unit?: string, ratio?: string[], roles?: string[],
 *   beside?: Record<string, (answer: any) => number | number[]> }} Source of a line: an absolute value, or the ratio of
 *   that of two roles; then that of all roles is told, or of some; beside: what is told instead of it
 * @typedef {Promised & Source} Figure
 * @typedef {Promised & { values: number[], stock?: number[], unit?: string,
 *   context?: { unit?: string, values: Lists, processors?: Lists } }} Row what was measured, round by round; stock: the
 *   same ratio for stock tfjs-node; processors: how many were kept at work
 * @typedef {Source & { must: number, aim?: number }} Wanted
 */

/** @type {(place: number, measure: string, wanted: Wanted) => Figure} how many times as much one reaches as another */
const times = (place, measure, wanted) => {
  return { place, measure, better: 'more', unit: 's', ratio: ['keras', 'ours'], ...wanted };
};

/** @type {(place: number, measure: string, wanted: Wanted) => Figure} what one sees, the less the better */
const seen = (place, measure, wanted) => {
  return { place, measure, better: 'less', unit: 's', isSeen: true, ...wanted };
};

/** @type {Record<string, string>} */
const names = { keras: 'Keras', stock: 'stock tfjs-node', ours: 'Smile Lab', shrunk: 'Smile Lab' };

/** @param {string} role @returns {string} as a reader calls it */
const nameOf = (role) => names[role] ?? role;

/** @type {(figure: Figure, answers: Answers) => Row} */
function rowOf({ of, unit, ratio, roles: some, beside, ...promised }, answers) {
  const roles = some ?? Object.keys(answers);
  /** @type {(role: string | undefined, valueOf: (answer: any) => number | number[]) => number[]} */
  const all = (role = '', valueOf) => (answers[role] ?? []).flatMap(valueOf);
  /** @type {(labelled: Record<string, (answer: any) => number | number[]>) => Lists | undefined} */
  const listsOf = (labelled) => {
    const lists = roles.flatMap((role) =>
      Object.entries(labelled).map(([label, valueOf]) => {
        const name = ratio ? `${nameOf(role)} ${label}`.trim() : label;
        return /** @type {const} */ ([name, all(role, valueOf)]);
      }),
    );
    const told = lists.filter(([, list]) => list.length > 0);
    return told.length > 0 ? Object.fromEntries(told) : undefined;
  };
  const values = listsOf(beside ?? (ratio ? { '': of } : {}));
  if (!ratio) {
    const context = values && { unit: 's', values };
    return { ...promised, unit, values: roles.flatMap((role) => all(role, of)), context };
  }
  const ratioOf = (/** @type {string[]} */ [above, below]) =>
    ratios(all(above, of), all(below, of));
  const others = ratio.map((role) => (role === 'ours' ? 'stock' : role));
  const hasStock = answers['stock'] && others[0] !== others[1];
  const processors = listsOf({ '': (answer) => answer.processors ?? [] });
  return {
    ...{ ...promised, values: ratioOf(ratio), stock: hasStock ? ratioOf(others) : undefined },
    context: { unit, values: values ?? {}, processors },
  };
}

/** @type {<T>(round: number, roles: readonly T[]) => T[]} another one first in each round, counted from 0 */
const orderOf = (round, roles) => {
  const first = round % roles.length;
  return [...roles.slice(first), ...roles.slice(0, first)];
};

module.exports = { nameOf, orderOf, rowOf, seen, times };
