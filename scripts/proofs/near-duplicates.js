require('../setup/check-node');
/**
 * Measures on drawings, scenes, a series of renderings and pictures with the structure of photographs how many copies
 * `checkPictures` knows again, and how many different pictures it takes for the same. Some minutes.
 *
 * usage: npm run test:near-duplicates [-- FOLDER...]   FOLDER of photographs: one more row each
 */
const fs = require('node:fs');
const path = require('node:path');
const { afterSetUp } = require('../setup/set-up');
const { showTable } = require('./support/show-table');

/** So many are copied, evenly picked, twelve times each; all are compared with each other. */
const MOST_COPIED = 120;

/** The least share of copies that must be found; of different pictures none may be called the same. */
const LEAST_FOUND = 0.99;

afterSetUp(async () => {
  const { picturesOf, rates } = require('./near-duplicates/rates');
  const head = [
    'pictures',
    'of them copied',
    'copies found',
    'worst kind of copy',
    'different pairs',
    'called the same',
  ];
  /** @type {string[][]} */
  const rows = [];
  let status = 0;
  const sets = await picturesOf();
  for (const folder of process.argv.slice(2)) {
    const files = fs.readdirSync(folder).filter((name) => /\.(png|jpe?g)$/i.test(name));
    sets[folder] = files.map((name) => path.join(folder, name));
  }
  for (const [name, pictures] of Object.entries(sets)) {
    console.log(`${name} …`);
    const every = Math.ceil(pictures.length / MOST_COPIED);
    const { copies, found, worst, pairs, same } = await rates(pictures, { every });
    const copied = String(Math.ceil(pictures.length / every));
    const share = `${found} of ${copies} (${((100 * found) / copies).toFixed(2)} %)`;
    rows.push([`${pictures.length} ${name}`, copied, share, worst, String(pairs), String(same)]);
    if (found < LEAST_FOUND * copies || same > 0) status = 1;
  }
  showTable(head, rows);
  return status;
});
