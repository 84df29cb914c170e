require('./setup/check-node');
const path = require('node:path');
const { parseArgs } = require('node:util');
const { root } = require('./setup/paths');
const { afterSetUp } = require('./setup/set-up');

/**
 * `npm run data`: makes the pictures of data/ anew, byte for byte as they are committed; with `-- --contempt` an eighth emotion
 * as well.
 */
afterSetUp(async () => {
  const { makeEmotions } = require('./data/make-emotions');
  const { makeEmotions7 } = require('./data/make-emotions-7');
  const { makePictures } = require('./data/make-pictures');
  const { values } = parseArgs({ options: { contempt: { type: 'boolean', default: false } } });
  const to = path.join(root, 'data');
  const two = [...(await makePictures({ to })), ...(await makeEmotions({ to }))];
  const { emotions, people } = await makeEmotions7({ to, withContempt: values.contempt });
  const count = two.length + emotions.length + people.length;
  console.log(`Made ${count} pictures and their manifests in data/.`);
});
