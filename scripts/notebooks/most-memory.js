const path = require('node:path');

/**
 * The most memory that the kernel of a lesson may hold at once on the CPU, in GB: what README and environment.md promise.
 * @type {Record<string, number>}
 */
const mostMemory = {
  '01-happy-or-sad.ipynb': 1.0,
  '02-emotions.ipynb': 1.4,
  '03-inside-the-network.ipynb': 1.1,
  '04-more-from-the-same-pictures.ipynb': 1.0,
  '05-seven-emotions.ipynb': 1.0,
  '06-standing-on-shoulders.ipynb': 1.3,
};

/**
 * @param {string} lesson its path
 * @param {number} peak gigabytes that its kernel has held at once
 * @returns {string | undefined} a sentence where that is more than was promised
 */
function memoryProblem(lesson, peak) {
  const most = mostMemory[path.basename(lesson)];
  if (most === undefined)
    return `${lesson}: no memory was promised; add it to scripts/notebooks/most-memory.js`;
  if (peak <= most) return undefined;
  return `${lesson}: a kernel of at most ${most.toFixed(1)} GB was promised, and it held ${peak.toFixed(2)} GB`;
}

module.exports = { memoryProblem, mostMemory };
