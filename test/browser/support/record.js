// With Node10 resolution the compiler finds the types of sharp's ES module, where the function is the default export.
/** @type {typeof import('sharp').default} */
const sharp = /** @type {any} */ (require('sharp'));

/** Wide enough to read the code in README. */
const width = 1100;

/** A picture stays no longer than this, in milliseconds: nobody waits for a machine that was busy. */
const longest = 500;

/**
 * Films a page from now on.
 * @param {import('playwright-core').Page} page
 * @returns {{ write: (file: string) => Promise<void> }} write: ends the film, and keeps it as an animated WebP that runs
 *   once and stays at its last picture
 */
function record(page) {
  /** @type {Array<{ picture: Buffer, at: number }>} */
  const frames = [];
  let isRunning = true;
  const take = async () => {
    const picture = await page.screenshot();
    if (!frames.at(-1)?.picture.equals(picture)) frames.push({ picture, at: Date.now() });
  };
  const filming = (async () => {
    while (isRunning) await take();
  })();
  return {
    async write(file) {
      isRunning = false;
      await filming;
      await take();
      const pictures = await Promise.all(
        frames.map(({ picture }) => sharp(picture).resize({ width }).png().toBuffer()),
      );
      const delay = frames.map(({ at }, index) =>
        Math.min(longest, (frames[index + 1]?.at ?? Infinity) - at),
      );
      await sharp(pictures, { join: { animated: true } })
        .webp({ loop: 1, delay, quality: 90, effort: 6, minSize: true, mixed: true })
        .toFile(file);
    },
  };
}

module.exports = { record };
