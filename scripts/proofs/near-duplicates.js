/**
 * Measures on drawings, scenes, a series of renderings and pictures with the structure of photographs how many copies
 * `checkPictures` knows again, and how many different pictures it takes for the same.
 *
 * usage: node scripts/proofs/near-duplicates.js [FOLDER...]   FOLDER of photographs: one more row each
 */
const fs = require('node:fs');
const path = require('node:path');
const { picturesOf, rates } = require('./near-duplicates/rates');
const { showTable } = require('./support/show-table');

async function main() {
  const head = [
    'pictures',
    'copies found',
    'worst kind of copy',
    'different pairs',
    'called the same',
  ];
  /** @type {string[][]} */
  const rows = [];
  const sets = await picturesOf();
  for (const folder of process.argv.slice(2)) {
    const files = fs.readdirSync(folder).filter((name) => /\.(png|jpe?g)$/i.test(name));
    sets[folder] = files.map((name) => path.join(folder, name));
  }
  for (const [name, pictures] of Object.entries(sets)) {
    const { copies, found, worst, pairs, same } = await rates(pictures);
    const share = `${found} of ${copies} (${((100 * found) / copies).toFixed(2)} %)`;
    rows.push([`${pictures.length} ${name}`, share, worst, String(pairs), String(same)]);
  }
  showTable(head, rows);
}

if (require.main === module) main();
