const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { root } = require('../../../scripts/setup/paths');
const { atTheEnd } = require('../../../scripts/browser/at-the-end');
const { Notebook } = require('./notebook');
const { startChromium } = require('../../../scripts/browser/start-chromium');
const { startLab } = require('./start-lab');

const lesson = path.join('notebooks', '01-happy-or-sad.ipynb');
const screenshots = path.join('executed', 'screenshots');

/**
 * @typedef {object} Session what the checks work with, one after the other
 * @property {import('./start-lab').Lab} lab
 * @property {import('playwright-core').Page} page
 * @property {Notebook} notebook the notebook in that page
 * @property {string} copy of lesson 1, which may be changed; from the project's root
 * @property {(name: string, place?: import('playwright-core').Locator) => Promise<string>} picture keeps how the page
 *   looks, for a person; place: what must be seen
 * @property {(name: string, screen: Buffer) => void} keep keeps a screenshot that has been taken
 * @property {string | undefined} film the file that a film of the training is to be written to
 * @property {() => Promise<void>} endKernels ends all kernels that this JupyterLab has started
 */

/**
 * Starts JupyterLab and Chromium, and sees to it that nothing of them is left when the process ends.
 * @param {{ film?: string }} [options] film: a file that a film of the training is to be written to
 * @returns {Promise<Session & { which: string }>} which: the browser, for people
 */
async function openSession({ film } = {}) {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'smile-lab-browser-'));
  atTheEnd({ orderly: () => fs.rmSync(folder, { recursive: true, force: true }) });
  const copy = copyOfLesson();
  const [lab, { browser, which }] = await Promise.all([startLab(folder), startChromium(folder)]);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  // A check as a whole has ten minutes; on a slow machine one of its steps may need more than the half minute of Playwright.
  context.setDefaultTimeout(180_000);
  const page = await context.newPage();
  fs.rmSync(path.join(root, screenshots), { recursive: true, force: true });
  fs.mkdirSync(path.join(root, screenshots), { recursive: true });
  return {
    which,
    lab,
    page,
    notebook: new Notebook(page, lab.address),
    copy,
    film,
    keep(name, screen) {
      fs.writeFileSync(path.join(root, screenshots, `${name}.png`), screen);
    },
    async picture(name, place) {
      await place?.scrollIntoViewIfNeeded();
      const file = path.join(screenshots, `${name}.png`);
      await page.screenshot({ path: path.join(root, file) });
      return file;
    },
    async endKernels() {
      for (const { id } of await lab.api('GET', 'sessions')) {
        await lab.api('DELETE', `sessions/${id}`);
      }
    },
  };
}

/**
 * Lesson 1 once more, in a folder of its own that is laid out as the project is: the pictures are found there, and what
 * it saves lies nowhere near a learner's models.
 * @returns {string} from the project's root
 */
function copyOfLesson() {
  const project = path.join('executed', `browser-${process.pid}`);
  atTheEnd({
    orderly: () => fs.rmSync(path.join(root, project), { recursive: true, force: true }),
  });
  const copy = path.join(project, lesson);
  fs.mkdirSync(path.join(root, path.dirname(copy)), { recursive: true });
  fs.symlinkSync(path.join(root, 'data'), path.join(root, project, 'data'));
  fs.copyFileSync(path.join(root, lesson), path.join(root, copy));
  return copy;
}

module.exports = { openSession };
