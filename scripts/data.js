require('./setup/check-node');
const path = require('node:path');
const { root } = require('./setup/paths');
const { afterSetUp } = require('./setup/set-up');

/** `npm run data`: makes the pictures of data/ anew, byte for byte as they are committed. */
afterSetUp(async () => {
  const { makeEmotions } = require('./data/make-emotions');
  const { makePictures } = require('./data/make-pictures');
  const to = path.join(root, 'data');
  const pictures = [...(await makePictures({ to })), ...(await makeEmotions({ to }))];
  console.log(`Made ${pictures.length} pictures and their manifests in data/.`);
});
