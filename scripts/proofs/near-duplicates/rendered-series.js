const sharp = /** @type {any} */ (require('sharp'));

/**
 * A series of renderings of one round face in which only the mouth moves, as such exercises often have it: some that smile,
 * the last one most, and as many that frown. 150 × 150 pixels.
 * @param {number} [ofClass] how many of each
 * @returns {Promise<Array<{ className: string, png: Buffer }>>}
 */
async function renderedSeries(ofClass = 40) {
  const series = [];
  for (const [className, sign] of /** @type {const} */ ([
    ['happy', 1],
    ['sad', -1],
  ])) {
    for (let i = 0; i < ofClass; i++) {
      const bend = sign * (3 + 0.75 * i);
      const open = 4 + (i % 5);
      const png = await sharp(Buffer.from(face(bend, open)))
        .png()
        .toBuffer();
      series.push({ className, png });
    }
  }
  return series;
}

/**
 * @param {number} bend how far the middle of the mouth lies below its corners, in pixels
 * @param {number} open how thick the lips are
 */
function face(bend, open) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="150" height="150">
<defs><radialGradient id="skin" cx="0.4" cy="0.35" r="0.8"><stop offset="0" stop-color="#fff3a0"/>
<stop offset="0.6" stop-color="#ffd21e"/><stop offset="1" stop-color="#c98a00"/></radialGradient></defs>
<rect width="150" height="150" fill="#fff"/>
<circle cx="75" cy="75" r="66" fill="url(#skin)" stroke="#8a5a00" stroke-width="2"/>
<ellipse cx="53" cy="58" rx="7" ry="12" fill="#3a2400"/><ellipse cx="97" cy="58" rx="7" ry="12" fill="#3a2400"/>
<path d="M42 ${100 - bend / 2}Q75 ${100 + bend} 108 ${100 - bend / 2}" fill="none" stroke="#3a2400" stroke-width="${open}" stroke-linecap="round"/></svg>`;
}

module.exports = { renderedSeries };
