const { machine } = require('../../bench/machine');

/**
 * @typedef {object} Sitting
 * @property {string} device in words
 * @property {Record<string, string>} versions by name
 * @property {number} count pictures of a test part
 * @property {number} epochs
 * @property {string} verdict
 */

/**
 * @param {Array<{ seed: number, ours: Reached, keras: Reached }>} rows
 * @param {string[][]} summary mean and spread of both
 * @param {Sitting} sitting
 * @returns {string} Markdown
 * @typedef {import('../emotion-accuracy').Reached} Reached
 */
function emotionsDocument(rows, summary, { device, versions, count, epochs, verdict }) {
  const { cpu, cores, memory, system } = machine();
  /** @param {number} share */
  const percent = (share) => `${(100 * share).toFixed(1)} %`;
  /** @param {Reached} reached */
  const figures = ({ train, validation, test }) => [train, validation, test].map(percent);
  const table = [
    ['seed', '', 'training', 'validation', 'test'],
    ['---', '---', '---', '---', '---'],
    ...rows.flatMap(({ seed, ours, keras }) => [
      [String(seed), 'Smile Lab', ...figures(ours)],
      [String(seed), 'Keras', ...figures(keras)],
    ]),
    ...summary.map((row) => row.slice(0, 5)),
  ];
  return [
    '# The emotion network: Smile Lab beside Keras',
    'Written by `npm run test:emotions`; not to be edited.',
    `The same network, 3,696,625 parameters, trained by both on \`data/emotions\`: for each seed on the same split 70 / 20 / 10 by face, with Adam, batches of 32, ${epochs} epochs, last weights. Each draws its initial weights and the order of the pictures in its own way from the seed.`,
    [
      `- ${new Date().toISOString().slice(0, 10)}, ${cpu}, ${cores} cores, ${memory} memory, ${system}`,
      `- ${Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', ')}`,
      `- ${device}`,
    ].join('\n'),
    table.map((row) => `| ${row.join(' | ')} |`).join('\n'),
    `Accuracies after the last epoch; «±» is the standard deviation between the seeds. A test part is ${count} pictures of four faces: one picture is ${(100 / count).toFixed(1)} points, and each seed tests with other faces, so the spread is also that of the faces.`,
    `${verdict}.\n`,
  ].join('\n\n');
}

module.exports = { emotionsDocument };
