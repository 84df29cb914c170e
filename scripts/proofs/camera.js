require('../setup/check-node');
const fs = require('node:fs');
const path = require('node:path');
const { parseArgs } = require('node:util');
const { dist, root } = require('../setup/paths');
const { afterSetUp } = require('../setup/set-up');

/** Where a person finds how the page looked. */
const SCREENSHOTS = path.join(root, 'executed', 'screenshots');

const CHECKS = ['speed', 'answers', 'server', 'offline', 'looks', 'teaching', 'faults', 'webgpu'];

/**
 * `npm run test:camera [-- --only NAME]`: the camera page in a real Chromium, whose camera is a film: it answers as the library does, finds faces
 * where the library finds them, is taught, goes on without a network, says what is wrong, and keeps its targets of speed and
 * size. Some minutes. It downloads the finder of faces where it is not there yet (`npx smile-lab get fer`).
 */
afterSetUp(async () => {
  const { only } = parseArgs({ options: { only: { type: 'string' } } }).values;
  if (only !== undefined && !CHECKS.includes(only)) {
    console.error(`--only must be one of ${CHECKS.join(', ')}, got "${only}"`);
    return 2;
  }
  const { endAll } = require('../browser/at-the-end');
  const { startChromium } = require('../browser/start-chromium');
  const { run } = require('./support/run');
  const { temporaryFolder } = require('./support/temporary-folder');
  const { writeFakeCamera } = require('./camera/fake-camera');
  const { serveFolder } = require('./camera/site');
  const { NotHere } = require('./support/not-here');
  const library = require(dist);
  const folder = temporaryFolder();
  const at = (/** @type {string} */ name) => path.join(folder, name);
  fs.mkdirSync(SCREENSHOTS, { recursive: true });

  const smileLab = async (/** @type {string[]} */ ...args) => {
    const ended = await run(process.execPath, [
      path.join(root, 'scripts', 'smile-lab.js'),
      ...args,
    ]);
    if (ended.status !== 0) throw new Error(ended.stderr);
    return ended.stdout;
  };
  await smileLab('get', 'fer');
  await smileLab(
    'train',
    '--data',
    path.join(root, 'data/happy-or-sad'),
    '--out',
    at('model'),
    '--seed',
    '1',
  );
  console.log((await smileLab('export', 'web', at('page'), '--model', at('model'))).split('\n')[0]);
  await writeFakeCamera(at('film.mjpeg'));
  const site = await serveFolder(at('page'));
  const started = await startChromium(folder, [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${at('film.mjpeg')}`,
  ]);
  console.log(started.which);
  const classifier = await library.loadClassifier(at('model'));
  const stage = {
    browser: started.browser,
    site,
    library,
    classifier,
    folder,
    at,
    smileLab,
    SCREENSHOTS,
  };
  let failed = 0;
  try {
    for (const check of only === undefined ? CHECKS : [only]) {
      const { name, prove } = require(`./camera/checks/${check}`);
      try {
        console.log(`✓ ${name}: ${await prove(stage)}`);
      } catch (error) {
        if (error instanceof NotHere) {
          console.log(`– ${name}: ${error.message}`);
          continue;
        }
        failed += 1;
        console.log(`✗ ${name}\n${/** @type {Error} */ (error).stack}`);
      }
    }
  } finally {
    site.close();
    classifier.model.dispose();
    await endAll();
  }
  return failed === 0 ? 0 : 1;
});
