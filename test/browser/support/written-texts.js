/**
 * Keeps what is written into each canvas of a page, and where: of a canvas nothing can be read afterwards. Runs in the
 * browser, before the page's own scripts.
 */
function keepWrittenTexts() {
  const window = /** @type {any} */ (globalThis);
  const { prototype } = window.CanvasRenderingContext2D;
  const { fillText } = prototype;
  /** @type {WeakMap<object, Array<{ text: string, x: number, y: number }>>} */
  const texts = new WeakMap();
  window.writtenTexts = texts;
  prototype.fillText = function (
    /** @type {string} */ text,
    /** @type {number} */ x,
    /** @type {number} */ y,
    /** @type {any[]} */ ...rest
  ) {
    const place = this.getTransform().transformPoint({ x, y });
    texts.set(this.canvas, [
      ...(texts.get(this.canvas) ?? []),
      { text, x: place.x, y: Math.round(place.y) },
    ]);
    return fillText.call(this, text, x, y, ...rest);
  };
}

/**
 * The numbers below an axis: what was written in one line right before the axis' title.
 * @param {import('playwright-core').Locator} canvas in a page that has kept its texts
 * @param {string} title of the axis
 * @returns {Promise<{ labels: string[], span: number }>} labels: in their order; span: from the first to the last, as a
 *   share of the canvas' width
 */
async function axisLabels(canvas, title) {
  const { texts, width } = await canvas.evaluate((/** @type {any} */ element) => ({
    texts: /** @type {any} */ (globalThis).writtenTexts.get(element) ?? [],
    width: element.width,
  }));
  // Of a canvas that was drawn more than once the last drawing.
  const end = texts.findLastIndex((/** @type {any} */ { text }) => text === title);
  let begin = end;
  while (begin > 0 && texts[begin - 1].y === texts[end - 1].y) begin -= 1;
  const written = texts.slice(begin, Math.max(0, end));
  return {
    labels: written.map((/** @type {any} */ { text }) => text),
    span: written.length === 0 ? 0 : (written.at(-1).x - written[0].x) / width,
  };
}

module.exports = { axisLabels, keepWrittenTexts };
