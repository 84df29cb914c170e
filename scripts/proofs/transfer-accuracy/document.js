const { machine } = require('../../bench/machine');

/**
 * @param {object} sitting
 * @param {string} sitting.device in words
 * @param {import('../transfer-accuracy').Timing[]} sitting.timings
 * @param {Part} sitting.faces
 * @param {Part} sitting.style
 * @param {string[]} sitting.texts
 * @returns {string} Markdown
 * @typedef {{ layers: import('../transfer-accuracy').Tried[], rows: import('../transfer-accuracy').Row[] }} Part
 */
function transferDocument({ device, timings, faces, style, texts }) {
  const { cpu, cores, memory, system } = machine();
  const { version } = require('../../../package.json');
  return [
    '# Transfer learning: how far pre-trained networks carry',
    'Written by `npm run test:transfer`; not to be edited.',
    'A head, standardized features and one dense layer, on the means of the maps of a frozen network, as `trainHead` trains it: 60 epochs, Adam 0.003, batches of 32. For each seed all layers below are tried, and the one is chosen with which **the loss on that seed’s own validation part** is lowest. The test part is then looked at once.',
    [
      `- ${new Date().toISOString().slice(0, 10)}, ${cpu}, ${cores} cores, ${memory} memory, ${system}`,
      `- Smile Lab ${version}`,
      `- ${device}`,
    ].join('\n'),
    '## Unseen faces: data/emotions, split 70 / 20 / 10 by face',
    chosen(faces),
    'A test part is 32 pictures of four faces: one picture is 3.1 points, and each seed tests with other faces. Lesson 2’s network on the same splits: `docs/emotions-accuracy.md`.',
    'What the validation parts say of the layers, in the mean of the five seeds:',
    layers(faces),
    '## Unseen style: lesson 1’s pictures',
    'The layer is chosen with some faces of the two styles held back, by face; the head is then trained with all 80 pictures of `data/happy-or-sad`, and measured on the 40 of `data/unseen-style`.',
    chosen(style),
    '## How long features take',
    table([
      ['network', 'up to', '320 pictures', 'from the disk'],
      ...timings.map(({ name, layer, cold, cached }) => [
        ...[name, `\`${layer}\``, `${cold.toFixed(1)} s`, `${cached.toFixed(2)} s`],
      ]),
    ]),
    'One run each, and the shortest of three from the disk, where it looks at each picture’s content and at all weights of the network.',
    `## Targets\n\n${texts.map((text) => `- ${text}`).join('\n')}\n`,
  ].join('\n\n');
}

/** @param {Part} part */
function chosen({ rows }) {
  return table([
    ['seed', 'chosen', 'validation', 'loss', 'test'],
    ...rows.map(({ seed, chosen: { name, layer, accuracy, loss }, test }) => [
      ...[String(seed), `${name}, \`${layer}\``, percent(accuracy), loss.toFixed(2), percent(test)],
    ]),
  ]);
}

/** @param {Part} part */
function layers(part) {
  return table([
    ['network', 'layer', 'validation', 'loss'],
    ...part.layers.map(({ name, layer, accuracy, loss }) => [
      ...[name, `\`${layer}\``, percent(accuracy), loss.toFixed(2)],
    ]),
  ]);
}

/** @param {string[][]} rows the first one is the head */
function table([head = [], ...rows]) {
  const all = [head, head.map(() => '---'), ...rows];
  return all.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** @param {number} share */
function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}

module.exports = { transferDocument };
