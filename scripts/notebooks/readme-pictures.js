const fs = require('node:fs');
const path = require('node:path');
const { root } = require('../setup/paths');
const { readCells } = require('./read-cells');

/** What README shows, by the lesson and the call that drew it. */
const pictures = [
  { lesson: '01-happy-or-sad.ipynb', call: 'showPictures(batch.xs', file: '01-batch.svg' },
];

/**
 * Takes README's pictures out of the executed lessons, so that they show what the lessons show.
 * @throws {Error} when a lesson has no such picture
 */
function updateReadmePictures() {
  const folder = path.join(root, 'notebooks', 'pictures');
  fs.mkdirSync(folder, { recursive: true });
  for (const { lesson, call, file } of pictures) {
    const { cells } = readCells(path.join(root, 'notebooks', lesson));
    const cell = cells.find(({ source }) => source.includes(call));
    const svg = /data:image\/svg\+xml;base64,([\w+/=]+)/.exec(
      JSON.stringify(cell?.json.outputs ?? []),
    );
    if (!svg?.[1])
      throw new Error(`Cannot make ${file}: "${call}" must have drawn a picture in ${lesson}`);
    fs.writeFileSync(path.join(folder, file), Buffer.from(svg[1], 'base64'));
  }
}

module.exports = { updateReadmePictures };
