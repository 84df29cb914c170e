const sharp = /** @type {any} */ (require('sharp'));

/**
 * Makes a picture with structure at all scales, as photographs have it: from light and shade down to the sensor's noise.
 * @param {{ width: number, height: number }} size
 * @param {{ grains: number[], strengths: number[] }} octaves grains: their sides in pixels; strengths: theirs in grey levels
 * @param {() => number} random in [0, 1)
 * @returns {Promise<any>} of sharp
 */
async function photographLike({ width, height }, { grains, strengths }, random) {
  const sum = new Float32Array(width * height * 3).fill(128);
  for (const [octave, grain] of grains.entries()) {
    const strength = Number(strengths[octave]);
    const [w, h] = [Math.ceil(width / grain) + 1, Math.ceil(height / grain) + 1];
    const coarse = Uint8Array.from({ length: w * h * 3 }, () => random() * 256);
    const fine = await sharp(coarse, { raw: { width: w, height: h, channels: 3 } })
      .resize(width, height, { fit: 'fill', kernel: 'cubic' })
      .raw()
      .toBuffer();
    for (let i = 0; i < sum.length; i++) {
      sum[i] = Number(sum[i]) + (Number(fine[i]) / 128 - 1) * strength;
    }
  }
  return sharp(Uint8ClampedArray.from(sum), { raw: { width, height, channels: 3 } });
}

module.exports = { photographLike };
