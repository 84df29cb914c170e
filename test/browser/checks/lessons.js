const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { lessons } = require('../../../scripts/notebooks/lessons');
const { joined } = require('../../../scripts/notebooks/read-cells');
const { root } = require('../../../scripts/setup/paths');
const { axeProblems, unreadableTexts } = require('../support/accessibility');
const { lookAt } = require('../support/drawn-picture');
const { until } = require('../../../scripts/browser/until');

/** @typedef {import('../support/session').Session} Session */

/** What many people set who do not see well. */
const zoom = 1.5;
/** Pixels of the screen; JupyterLab's own small letters have 11 without zoom. */
const leastLetters = 10;

/**
 * Each committed lesson as a learner finds it: no error, and every picture is there, has a text for who cannot see it,
 * and can be read, in both themes.
 */
module.exports = {
  name: 'every lesson shows its pictures, light and dark, with contrast and text alternatives, and its folded readings open',
  /** @param {Session} session */
  async prove(session) {
    const { lab, notebook, page } = session;
    const blank = await page.context().newPage();
    const all = lessons();
    for (const [index, lesson] of all.entries()) {
      if (index === 0) {
        // The address that JupyterLab prints leads to lesson 1.
        await page.goto(`${lab.address}/?token=${lab.token}`);
        await until(
          `the address leads to ${lesson}`,
          async () => page.url(),
          (url) => url.endsWith(`/lab/tree/${lesson}`),
        );
        await notebook.isThere(lesson);
      } else {
        await notebook.open(lesson);
      }
      assert.deepStrictEqual(await notebook.errors(), [], `${lesson} shows errors`);
      const stored = picturesOf(lesson);
      assert.ok(stored.length > 0, `${lesson} has no picture`);
      /** @type {string[]} */
      const unreadable = [];
      for (const { alt, svg } of stored) {
        if (alt.trim() === '') unreadable.push('a picture without a text alternative');
        const texts = svg ? await unreadableTexts(blank, svg) : [];
        unreadable.push(...texts.map((problem) => `«${alt}»: ${problem}`));
      }
      assert.deepStrictEqual(unreadable, [], `${lesson}: pictures that cannot be read`);
      await opensReadings(session, lesson);
      // Each theme is changed once a lesson only.
      const themes = /** @type {const} */ (['light', 'dark']);
      const inTurn = index % 2 === 0 ? themes : [...themes].reverse();
      for (const [turn, theme] of inTurn.entries()) {
        await notebook.theme(theme);
        await until(
          `${stored.length} pictures in ${lesson}, all with a width`,
          () => notebook.pictureWidths(),
          (widths) => widths.length === stored.length && widths.every((width) => width > 0),
        );
        for (const [number, picture] of (await notebook.pictures.all()).entries()) {
          // What it shows is the same in both themes: it is looked at in one, the next picture in the other.
          if (number % 2 !== turn) continue;
          const name = path.basename(lesson, '.ipynb');
          const { screen } = await until(
            `picture ${number + 1} of ${lesson}, drawn in the ${theme} theme`,
            () => lookAt(page, picture, notebook.panel.locator('.jp-WindowedPanel-outer')),
            ({ isDrawn }) => isDrawn,
          );
          session.keep(`${name}-${number + 1}-${theme}`, screen);
        }
        const problems = await axeProblems(page, '.jp-OutputArea-output');
        assert.deepStrictEqual(problems, [], `${lesson} in the ${theme} theme`);
      }
      assert.deepStrictEqual(await tooSmall(session, stored), [], `${lesson} at ${100 * zoom} %`);
      await session.endKernels();
    }
    await blank.close();
    await notebook.theme('light');
    return `${all.length} lessons`;
  },
};

/**
 * The readings of a lesson are folded; a click on the line that is left shows their text, its Markdown rendered.
 * @param {Session} session
 * @param {string} lesson
 */
async function opensReadings({ notebook }, lesson) {
  const stored = notebook.cells
    .filter(({ cell_type }) => cell_type === 'markdown')
    .reduce((sum, { source }) => sum + joined(source).split('<details>').length - 1, 0);
  assert.ok(stored > 0, `${lesson} folds no reading`);
  const readings = notebook.panel.locator('.jp-MarkdownOutput details');
  await until(
    `${stored} readings in ${lesson}, each folded and with a line to open it`,
    () =>
      readings.evaluateAll((all) =>
        all.map(
          (/** @type {any} */ { open, firstElementChild: first }) =>
            !open && first.tagName === 'SUMMARY' && first.textContent.trim() !== '',
        ),
      ),
    (folded) => folded.length === stored && folded.every(Boolean),
  );
  for (const reading of await readings.all()) {
    const text = reading.locator(':scope > :not(summary)');
    assert.strictEqual(await text.first().isVisible(), false, 'a reading is hidden at first');
    await reading.locator('summary').click();
    await text.first().waitFor();
    assert.ok(await text.last().isVisible(), 'all of a reading is shown');
    const shown = await reading.evaluate((/** @type {any} */ element) => {
      const copy = element.cloneNode(true);
      for (const code of copy.querySelectorAll('code, pre')) code.remove();
      return copy.textContent;
    });
    // Outside code, a mark of Markdown is one that was not rendered.
    assert.doesNotMatch(shown, /\*\*|`|\]\(/, `Markdown in a reading of ${lesson}`);
  }
}

/**
 * At 150 % the window has room for less, and a picture is drawn no wider than its cell: it shrinks, and what is written in
 * it must stay large enough.
 * @param {Session} session
 * @param {Array<{ alt: string, svg: string | undefined }>} stored the pictures, in their order
 * @returns {Promise<string[]>} what is too small, a line each
 */
async function tooSmall({ notebook, page }, stored) {
  const { width, height } = page.viewportSize() ?? { width: 1280, height: 800 };
  await page.setViewportSize({
    width: Math.round(width / zoom),
    height: Math.round(height / zoom),
  });
  const drawn = await until(
    'pictures no wider than the cells in a small window',
    () =>
      notebook.panel.locator('.jp-OutputArea-output img').evaluateAll((all) =>
        all.map((/** @type {any} */ { naturalWidth, clientWidth, parentElement }) => ({
          fits: clientWidth <= parentElement.clientWidth,
          share: clientWidth / naturalWidth,
        })),
      ),
    (all) => all.length === stored.length && all.every(({ fits }) => fits),
  );
  await page.setViewportSize({ width, height });
  return stored.flatMap(({ alt, svg = '' }, i) => {
    const sizes = [...svg.matchAll(/font-size="([\d.]+)(?:px)?"/g)].map(([, size]) => Number(size));
    const size = Math.min(...sizes) * (drawn[i]?.share ?? 0) * zoom;
    return size < leastLetters ? [`«${alt}»: letters of ${size.toFixed(1)} pixels`] : [];
  });
}

/**
 * The pictures in a lesson's stored outputs.
 * @param {string} lesson
 * @returns {Array<{ alt: string, svg: string | undefined }>}
 */
function picturesOf(lesson) {
  /** @type {Array<{ outputs?: Array<{ data?: Record<string, string | string[]> }> }>} */
  const cells = JSON.parse(fs.readFileSync(path.join(root, lesson), 'utf8')).cells;
  return cells
    .flatMap(({ outputs = [] }) => outputs)
    .flatMap(
      ({ data }) =>
        [data?.['text/html'] ?? []]
          .flat()
          .join('')
          .match(/<img\b[^>]*>/g) ?? [],
    )
    .map((img) => {
      const [, alt = ''] = /\balt="([^"]*)"/.exec(img) ?? [];
      const [, svg] = /src="data:image\/svg\+xml;base64,([^"]*)"/.exec(img) ?? [];
      return { alt, svg: svg && Buffer.from(svg, 'base64').toString('utf8') };
    });
}
