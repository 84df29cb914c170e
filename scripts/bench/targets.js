const fs = require('node:fs');
const path = require('node:path');
const { fill } = require('./document');
const { digits, median } = require('./statistics');

/** @typedef {Record<string, any[]>} Answers of each role, one a round */
/** @typedef {ReturnType<typeof rowOf>} Row what was measured of a target */

const csv = fs.readFileSync(path.join(__dirname, 'targets.csv'), 'utf8');
const [, ...lines] = csv.trimEnd().split('\n');

/**
 * All that is promised, in the order of the table: a value of the answers, or the ratio of that of two roles, and how much
 * it must be; beside it stand other values with words behind them.
 */
const targets = lines.map((line) => {
  const [measure = '', row = '', values = '', wanted = '', aim, told] = line.split(';');
  const [value = '', roles] = values.split(' ');
  const [sign, must, unit = ''] = wanted.split(' ');
  return {
    ...{ measure, row, value, ratio: roles?.split('/') },
    ...{ better: sign === '≥' ? 'more' : 'less', must: Number(must), unit },
    aim: aim ? Number(aim) : undefined,
    beside: (told ? told.split(', ') : []).map((one) => one.split(/ (.*)/)),
  };
});

/** @type {Record<string, string>} */
const names = {
  ...{ keras: 'Keras', kerasAll: 'Keras', stock: 'stock tfjs-node' },
  ...{ ours: 'Smile Lab', all: 'Smile Lab', plain: 'without', shrunk: 'Smile Lab' },
};

/** @param {string} role @returns {string} as a reader calls it */
const nameOf = (role) => names[role] ?? role;

/**
 * @param {typeof targets[number]} target
 * @param {Answers} answers
 * @param {Record<string, any>} [amount] for the row's name
 * @returns values: round by round; stock: the same ratio for stock tfjs-node; absolute: medians in words, perhaps none
 */
function rowOf({ row, value, ratio, beside, ...wanted }, answers, amount = {}) {
  /** @type {(role?: string, name?: string) => number[]} */
  const all = (role = '', name = value) => (answers[role] ?? []).flatMap((answer) => answer[name]);
  // Round by round: what a machine does slower for a while, it does slower for both.
  const ratioOf = (/** @type {string[]} */ [above, below]) => {
    const [dividends, divisors] = [all(above), all(below)];
    if (dividends.length !== divisors.length) {
      const got = `${dividends.length} and ${divisors.length}`;
      throw new RangeError(`Cannot compare rounds: as many of both are required, got ${got}`);
    }
    return dividends.map((dividend, round) => dividend / Number(divisors[round]));
  };
  const others = ratio?.map((role) => (role === 'ours' ? 'stock' : role)) ?? [];
  const roles = [...new Set(ratio ? [...ratio, ...others] : Object.keys(answers))];
  const told = roles.flatMap((role) => {
    if (!answers[role] || beside.length === 0) return [];
    const medians = beside.map(([name, words]) => `${digits(median(all(role, name)))} ${words}`);
    return `${ratio ? `${amount[role] ?? nameOf(role)} ` : ''}${medians.join(', ')}`;
  });
  return {
    ...{ ...wanted, row: fill(row, amount), absolute: told.join('; ') },
    values: ratio ? ratioOf(ratio) : roles.flatMap((role) => all(role)),
    stock: answers['stock'] && ratio && others[0] !== others[1] ? ratioOf(others) : undefined,
  };
}

module.exports = { nameOf, rowOf, targets };
