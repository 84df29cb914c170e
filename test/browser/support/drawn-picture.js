// With Node10 resolution the compiler finds the types of sharp's ES module, where the function is the default export.
/** @type {typeof import('sharp').default} */
const sharp = /** @type {any} */ (require('sharp'));

/**
 * Scrolls to a picture and looks at the page.
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Locator} picture
 * @param {import('playwright-core').Locator} panel in which the picture is scrolled
 * @returns {Promise<{ screen: Buffer, isDrawn: boolean }>} isDrawn: whether there is more than one colour in its place; the
 *   browser paints what comes into sight a moment later
 */
async function lookAt(page, picture, panel) {
  await picture.scrollIntoViewIfNeeded();
  const screen = await page.screenshot();
  const [place, around] = [await picture.boundingBox(), await panel.boundingBox()];
  if (!place || !around) return { screen, isDrawn: false };
  const [left, top] = [Math.max(place.x, around.x), Math.max(place.y, around.y)].map(Math.ceil);
  const right = Math.floor(Math.min(place.x + place.width, around.x + around.width));
  const bottom = Math.floor(Math.min(place.y + place.height, around.y + around.height));
  if (left === undefined || top === undefined || right <= left || bottom <= top) {
    return { screen, isDrawn: false };
  }
  const part = { left, top, width: right - left, height: bottom - top };
  const seen = await sharp(screen).extract(part).removeAlpha().png().toBuffer();
  const { channels } = await sharp(seen).stats();
  return { screen, isDrawn: channels.some(({ min, max }) => max - min > 50) };
}

module.exports = { lookAt };
