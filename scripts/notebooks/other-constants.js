const fs = require('node:fs');
const path = require('node:path');
const { root } = require('../setup/paths');

/**
 * Other values for the lessons' constants, and a learner's own folder of a few pictures.
 * @param {string} own an empty folder, for what the lessons read and write
 * @returns {Array<Record<string, string>>} one for each lesson: a constant's name, and the code of its value
 */
function otherConstants(own) {
  const inOwn = (/** @type {string} */ name) => JSON.stringify(path.join(own, name));
  copyOfPictures('happy-or-sad', path.join(own, 'known'));
  copyOfPictures('unseen-style', path.join(own, 'unknown'));
  return [
    {
      IMAGE_SIZE: '[96, 120]',
      BATCH_SIZE: '16',
      FILTERS: '[8, 16, 24, 32]',
      EPOCHS: '2',
      TRAINING_PICTURES: inOwn('known'),
      UNSEEN_PICTURES: inOwn('unknown'),
      MODEL_FOLDER: inOwn('model-1'),
      LOG_FOLDER: inOwn('logs-1'),
    },
    {
      IMAGE_SIZE: '[64, 64]',
      QUICK_SIZE: '[32, 48]',
      BATCH_SIZE: '16',
      EPOCHS: '2',
      HELD_OUT_STYLE: "'noto'",
      RUN_FOLDER: inOwn('run-2'),
      LOG_FOLDER: inOwn('logs-2'),
    },
    {
      EPOCHS: '2',
      TRAINING_PICTURES: inOwn('known'),
      UNSEEN_PICTURES: inOwn('unknown'),
      PATCH_SIZE: '50',
      CORNER_SIDE: '10',
      CORNER_COLOUR: "'blue'",
    },
    {
      PICTURES: inOwn('known'),
      IMAGE_SIZE: '[32, 48]',
      EPOCHS: '2',
      BATCH_SIZE: '8',
      SEEDS: '[4, 5]',
      RUN_FOLDER: inOwn('run-4'),
    },
    { IMAGE_SIZE: '[64, 48]', BATCH_SIZE: '64', EPOCHS: '2' },
    {
      PICTURES: inOwn('known'),
      BACKBONE: "'mobilenet-v2'",
      LAYERS: "['block_3_expand_relu', 'block_6_expand_relu', 'block_8_expand_relu']",
      EPOCHS: '5',
      FINE_TUNING_EPOCHS: '1',
      MODEL_FOLDER: inOwn('model-6'),
    },
  ];
}

/**
 * Some pictures of `data` as a learner's own: other names for classes and files, and what systems and programs leave there.
 * @param {string} name
 * @param {string} folder
 */
function copyOfPictures(name, folder) {
  for (const [from, to] of [
    ['happy', 'glad'],
    ['sad', 'gloomy'],
  ]) {
    const source = path.join(root, 'data', name, /** @type {string} */ (from));
    const target = path.join(folder, /** @type {string} */ (to));
    fs.mkdirSync(target, { recursive: true });
    for (const [i, file] of fs.readdirSync(source).slice(0, 14).entries()) {
      fs.copyFileSync(path.join(source, file), path.join(target, `${i}.PNG`));
    }
    for (const stray of ['.DS_Store', '.hidden.png', 'Thumbs.db']) {
      fs.writeFileSync(path.join(target, stray), 'no picture');
    }
  }
  fs.mkdirSync(path.join(folder, '.git'));
  fs.writeFileSync(path.join(folder, '.git', 'HEAD'), 'ref: refs/heads/main\n');
  fs.writeFileSync(path.join(folder, 'README.md'), 'Some faces.\n');
}

module.exports = { otherConstants };
