require('./setup/check-node');
const path = require('node:path');
const { root } = require('./setup/paths');
const { afterSetUp } = require('./setup/set-up');

/** `npm run data`: makes the pictures of data/ anew, byte for byte as they are committed. */
afterSetUp(async () => {
  const { makePictures } = require('./data/make-pictures');
  const manifest = await makePictures({ to: path.join(root, 'data') });
  console.log(`Made ${manifest.length} pictures and their manifest in data/.`);
});
