const fs = require('node:fs');

/**
 * @typedef {import('playwright-core').Frame} Frame
 * @typedef {import('playwright-core').Page} Page
 */

const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What the law of many countries asks for, WCAG 2.1 AA. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

/**
 * Looks with axe at a part of a page.
 * @param {Page | Frame} page
 * @param {string} selector of what is ours
 * @returns {Promise<string[]>} what is wrong, a line each
 */
async function axeProblems(page, selector) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(
    `axe.run(${JSON.stringify({ include: [selector] })}, ${JSON.stringify({ runOnly: tags })})`,
  );
  return violations.map((/** @type {any} */ { id, help, nodes }) => {
    const places = nodes.slice(0, 3).map((/** @type {any} */ { html }) => html.slice(0, 200));
    return `${id}: ${help} (${nodes.length} ×: ${places.join(' | ')})`;
  });
}

/** Contrast that WCAG asks of text, and of large text. */
const least = { text: 4.5, large: 3 };

/** What stands behind JupyterLab's cells, in the light and in the dark theme. */
const pages = ['rgb(255, 255, 255)', 'rgb(17, 17, 17)'];

/**
 * Whether the text inside a drawing can be read: axe does not look into an `<img>`. Behind a text counts the uppermost
 * filled shape, and where there is none the page, in both themes; text on a photograph is not judged.
 * @param {Page} page an empty one
 * @param {string} svg
 * @returns {Promise<string[]>} what is wrong, a line each
 */
async function unreadableTexts(page, svg) {
  await page.setContent(`<body style="margin: 0">${svg}</body>`);
  const drawing = page.locator('svg').first();
  const { width = 0, height = 0 } = (await drawing.boundingBox()) ?? {};
  // What is outside of the window lies at no point of it.
  await page.setViewportSize({ width: Math.ceil(width) || 1, height: Math.ceil(height) || 1 });
  return drawing.evaluate(
    (root, { backgrounds, text: leastOfText, large }) => {
      const document = root.ownerDocument;
      const styleOf = (/** @type {any} */ element) =>
        document.defaultView.getComputedStyle(element);
      /** @param {string} colour */
      const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
      /** @param {string} colour */
      const luminance = (colour) => {
        const [r = 0, g = 0, b = 0] = channels(colour).map((value) => {
          const share = value / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      /** @type {string[]} */
      const found = [];
      for (const text of root.querySelectorAll('text')) {
        const { left, top, width: w, height: h } = text.getBoundingClientRect();
        if (!text.textContent?.trim() || w === 0) continue;
        const behind = document
          .elementsFromPoint(left + w / 2, top + h / 2)
          .filter(
            (/** @type {any} */ element) =>
              !['text', 'tspan', 'title', 'g'].includes(element.tagName),
          );
        const shape = behind.find((/** @type {any} */ element) => {
          const { fill, fillOpacity } = styleOf(element);
          return (
            element.tagName === 'image' ||
            element.tagName === 'BODY' ||
            (element.tagName !== 'svg' &&
              fill !== 'none' &&
              Number(fillOpacity) > 0.5 &&
              channels(fill)[3] !== 0)
          );
        });
        if (!shape || shape.tagName === 'image') continue;
        const { fill, fontSize, fontWeight } = styleOf(text);
        const size = parseFloat(fontSize);
        const isLarge = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700);
        for (const under of shape.tagName === 'BODY' ? backgrounds : [styleOf(shape).fill]) {
          const [light = 0, dark = 0] = [luminance(fill), luminance(under)].sort((a, b) => b - a);
          const contrast = (light + 0.05) / (dark + 0.05);
          if (contrast < (isLarge ? large : leastOfText)) {
            found.push(
              `"${text.textContent}", ${fill} on ${under}: contrast ${contrast.toFixed(2)}`,
            );
          }
        }
      }
      return found;
    },
    { ...least, backgrounds: pages },
  );
}

module.exports = { axeProblems, unreadableTexts };
