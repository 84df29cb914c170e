require('../../scripts/setup/check-node');
const path = require('node:path');
const { parseArgs } = require('node:util');
const { root } = require('../../scripts/setup/paths');
const { afterSetUp } = require('../../scripts/setup/set-up');

/** What README shows. */
const film = path.join('docs', 'training-in-jupyterlab.webp');

/**
 * `npm run test:browser [-- --film]`: what a learner does in JupyterLab, done in a real browser. Exit status 0 only if all
 * of it works. What it looked like is kept in `executed/screenshots`, for a person to look at. `--film` makes README's
 * film of a training anew.
 */
afterSetUp(async () => {
  const { values } = parseArgs({ options: { film: { type: 'boolean' } } });
  const { openSession } = require('./support/session');
  const { endAll, isEnding } = require('../../scripts/browser/at-the-end');
  const { within } = require('./support/within');
  const checks = [
    require('./checks/lessons'),
    require('./checks/run-all'),
    require('./checks/documentation'),
    require('./checks/error'),
    require('./checks/stop'),
    require('./checks/reload'),
    require('./checks/dashboard'),
  ];
  let proved = 0;
  /** @type {import('./support/session').Session | undefined} */
  let session;
  // What goes on here, for who reads that it did not work.
  let doing = 'start JupyterLab and a browser';
  try {
    const opened = await openSession(values.film ? { film: path.join(root, film) } : {});
    session = opened;
    console.log(opened.which);
    for (const { name, prove } of checks) {
      doing = name;
      const start = Date.now();
      const seen = await within(600, prove(opened), () => name);
      proved += 1;
      console.log(`✓ ${name}: ${seen} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
    }
  } catch (error) {
    // Each check goes on from where the one before has left the page, so the first failure is the last one. Who has
    // pressed Ctrl-C knows why the browser is gone.
    if (!isEnding()) {
      console.log(`✗ ${doing}\n${/** @type {Error} */ (error).message}`);
      if (session) console.log(`How it looked: ${await session.picture('failed').catch(String)}`);
    }
  } finally {
    await endAll();
  }
  const unproved = checks.length - proved;
  console.log(
    unproved === 0 ? `${proved} passed` : `${proved} passed, ${unproved} failed or not reached`,
  );
  return unproved === 0 ? 0 : 1;
});
