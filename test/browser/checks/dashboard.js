const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { root } = require('../../../scripts/setup/paths');
const { atTheEnd } = require('../../../scripts/browser/at-the-end');
const { axeProblems } = require('../support/accessibility');
const { until } = require('../../../scripts/browser/until');
const { axisLabels, keepWrittenTexts } = require('../support/written-texts');

/** @typedef {import('../support/session').Session} Session */

/** One short training of the lesson's network, and its answers on the unseen pictures. */
const code = (
  /** @type {string} */ run,
) => `import { evaluatePictures, logEvaluation, logRun, openDashboard } from 'smile-lab';

const log = logRun({ run: '${run}' });
await model.fitDataset(rescaled, { epochs: 2, verbose: 0, callbacks: [log] });
const labelled = unseen.filePaths.map((path, i) => ({ path, label: unseen.labels[i] }));
await logEvaluation(log, await evaluatePictures(classifier, labelled));
await openDashboard();`;

module.exports = {
  name: 'the dashboard opens as a tab, its curves of two epochs go from 1 to 2 over all of the chart, a cell of its confusion matrix opens the pictures behind it, and it outlives the kernel',
  /** @param {Session} session */
  async prove(session) {
    const { notebook, page } = session;
    const run = `browser-${process.pid}`;
    await page.addInitScript(keepWrittenTexts);
    // Among the learner's own runs, which stay as they are.
    const folder = path.join(root, 'logs', run);
    atTheEnd({ orderly: () => fs.rmSync(folder, { recursive: true, force: true }) });
    await notebook.write(code(run));
    await notebook.run(180);
    await notebook.active.getByRole('link', { name: 'Open the Smile Lab dashboard' }).click();
    const tab = page.locator('.lm-DockPanel-tabBar .lm-TabBar-tab.lm-mod-current', {
      hasText: 'Smile Lab dashboard',
    });
    await tab.waitFor();
    const dashboard = page.frameLocator('iframe:visible');
    await dashboard.getByRole('button', { name: run, exact: true }).click();
    await standsAtEpochs(dashboard, run);
    // A number that is at the crossing of what the pictures are and what the model answered.
    const cell = dashboard.locator('table.matrix button:enabled').first();
    await cell.waitFor();
    const pictures = Number(await cell.innerText());
    await cell.click();
    const shown = dashboard.locator('#gallery-pictures img');
    // Those out of sight are loaded when somebody comes to them.
    await shown.last().scrollIntoViewIfNeeded();
    await until(
      `${pictures} pictures behind the cell, each with a text`,
      () =>
        shown.evaluateAll((all) =>
          all.map((/** @type {any} */ { alt, naturalWidth }) => (alt ? naturalWidth : 0)),
        ),
      (widths) => widths.length === pictures && widths.every((width) => width > 0),
    );
    await session.picture('dashboard-pictures');
    const frame = page.frames().find((each) => each.url().includes('smile-lab-dashboard'));
    assert.ok(frame, 'no frame has the address of the dashboard');
    const problems = await axeProblems(frame, 'body');
    await page.keyboard.press('Escape');
    await dashboard.locator('#gallery').waitFor({ state: 'hidden' });
    await session.picture('dashboard-light');
    problems.push(...(await axeProblems(frame, 'body')));
    await page.emulateMedia({ colorScheme: 'dark' });
    await until(
      'a dark page',
      () =>
        frame
          .locator('body')
          .evaluate(
            (body) => body.ownerDocument.defaultView.getComputedStyle(body).backgroundColor,
          ),
      (colour) =>
        (colour.match(/\d+/g) ?? [])
          .slice(0, 3)
          .every((/** @type {string} */ value) => Number(value) < 80),
    );
    await session.picture('dashboard-dark');
    problems.push(...(await axeProblems(frame, 'body')));
    await page.emulateMedia({ colorScheme: 'light' });
    assert.deepStrictEqual(problems, [], 'the dashboard');

    // The page is loaded again, and the kernel that trained is gone.
    await session.endKernels();
    await frame.goto(frame.url());
    const title = dashboard.locator('#details-title');
    await until(
      'the same run as before the page was loaded again',
      async () => ((await title.count()) > 0 ? title.innerText() : ''),
      (text) => text === `Run ${run}`,
    );
    await followsDamage(dashboard, run);
    return `${pictures} pictures behind a cell; loaded again, without the kernel, and with a damaged log beside it`;
  },
};

/**
 * The curves of a run of two epochs begin at epoch 1 and end at epoch 2, without fractions of an epoch and without room
 * for an epoch 0.
 * @param {import('playwright-core').FrameLocator} dashboard
 * @param {string} run the only one that is to be drawn
 */
async function standsAtEpochs(dashboard, run) {
  await dashboard.getByLabel(`Compare ${run}`, { exact: true }).check();
  const ticked = dashboard.locator(`#run-list input:checked:not([aria-label="Compare ${run}"])`);
  while ((await ticked.count()) > 0) await ticked.first().uncheck();
  const canvas = dashboard.locator('#charts canvas').first();
  await until(
    'the epochs 1 and 2, and nothing else, below the curves, and most of the chart between them',
    async () => ((await canvas.count()) > 0 ? axisLabels(canvas, 'epoch') : undefined),
    (seen) => seen?.labels.join() === '1,2' && seen.span > 0.5,
  );
}

/**
 * A run whose log was damaged, with markup in its name, appears while the page is open, tells what is wrong, and goes
 * when its folder is deleted.
 * @param {import('playwright-core').FrameLocator} dashboard
 * @param {string} run whose log is whole
 */
async function followsDamage(dashboard, run) {
  const logs = path.join(root, 'logs');
  const name = `${run} <b>damaged`;
  const folder = path.join(logs, name);
  atTheEnd({ orderly: () => fs.rmSync(folder, { recursive: true, force: true }) });
  const [begin, epoch = ''] = fs
    .readFileSync(path.join(logs, run, 'run.jsonl'), 'utf8')
    .split('\n');
  const diverged = epoch.replace(/"loss":[^,]*/, '"loss":"NaN"');
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'run.jsonl'), `${begin}\nnonsense\n${diverged}\n{"kind":`);
  const button = dashboard.getByRole('button', { name, exact: true });
  await button.click();
  await until(
    'what is wrong with a damaged log',
    () => dashboard.locator('#problems').innerText(),
    (text) =>
      ['line 2 is no JSON', 'its last line is not whole', 'is gone'].every((part) =>
        text.includes(part),
      ),
  );
  // Two, whichever were ticked before: only then does a curve bear its run's name.
  for (const each of [run, name]) {
    await dashboard.getByLabel(`Compare ${each}`, { exact: true }).check();
  }
  await dashboard.getByText(`${name}: NaN in epoch 1, where no line can be drawn.`).waitFor();
  fs.rmSync(folder, { recursive: true });
  await button.waitFor({ state: 'detached' });
}
