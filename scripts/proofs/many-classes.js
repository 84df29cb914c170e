require('../setup/check-node');
const fs = require('node:fs');
const path = require('node:path');
const { runProgram } = require('../bench/run-program');
const { afterSetUp } = require('../setup/set-up');
const { showTable } = require('./support/show-table');

const PICTURES = 20_000;
const FEW = 2;
const MANY = 1000;
/** The most memory that many classes may take, against few ones with as many pictures. */
const MOST_MEMORY = 1.2;

/**
 * `npm run test:many-classes`: what 1,000 classes of 20 pictures cost beside 2 classes of 10,000: every step from checking
 * the folder to the report, in a process each. The memory must not be more than 1.2 times as much. Some minutes.
 */
afterSetUp(async () => {
  const { temporaryFolder } = require('./support/temporary-folder');
  const answers = [];
  for (const classes of [FEW, MANY]) {
    const folder = path.join(temporaryFolder(), 'pictures');
    await makePictures(folder, classes);
    const script = path.join(__dirname, 'many-classes', 'measure.js');
    const { answer } = await runProgram(process.execPath, [script, folder], { env: process.env });
    answers.push(answer);
  }
  const [few, many] = answers;
  const seconds = (/** @type {number} */ value) => value.toFixed(1);
  const rows = Object.keys(many.seconds).map((step) => [
    `${step}, s`,
    seconds(few.seconds[step]),
    seconds(many.seconds[step]),
  ]);
  const counted = (/** @type {number} */ classes) => classes.toLocaleString('en');
  const head = [FEW, MANY].map((n) => `${counted(n)} × ${counted(PICTURES / n)} pictures`);
  rows.push(['most memory, MB', few.peak.toFixed(0), many.peak.toFixed(0)]);
  showTable([`Node ${process.versions.node}, ${many.device}`, ...head], rows);
  const share = many.peak / few.peak;
  const isMet = share <= MOST_MEMORY;
  console.log(
    `\n${isMet ? 'Met' : 'MISSED'}: ${MANY} classes take ${share.toFixed(2)} times the memory, at most ${MOST_MEMORY} is wanted`,
  );
  return isMet ? 0 : 1;
});

/**
 * Small pictures of noise around a colour, which is that of their class.
 * @param {string} folder
 * @param {number} classes
 */
async function makePictures(folder, classes) {
  /** @type {typeof import('sharp').default} */
  const sharp = /** @type {any} */ (require('sharp'));
  const random = require('seedrandom').alea('many classes');
  const [width, height, channels] = [32, 32, /** @type {const} */ (3)];
  for (let label = 0; label < classes; label++) {
    const ofClass = path.join(folder, `class-${String(label).padStart(4, '0')}`);
    fs.mkdirSync(ofClass, { recursive: true });
    const colour = [0, 1, 2].map(() => 40 + 176 * random());
    for (let i = 0; i < PICTURES / classes; i++) {
      const pixels = Buffer.alloc(width * height * channels);
      for (let at = 0; at < pixels.length; at++) {
        pixels[at] = (colour[at % channels] ?? 0) + 80 * (random() - 0.5);
      }
      const picture = sharp(pixels, { raw: { width, height, channels } });
      await picture.png().toFile(path.join(ofClass, `${i}.png`));
    }
  }
}
