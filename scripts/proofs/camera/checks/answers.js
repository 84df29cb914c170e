const assert = require('node:assert');
const path = require('node:path');
const { dist } = require('../../../setup/paths');
const { CameraPage } = require('../camera-page');
const { writePictures } = require('../pictures');
/** @type {typeof import('sharp').default} */
const sharp = /** @type {any} */ (require('sharp'));

/** Largest difference between a probability in the browser and the library's. */
const TOLERANCE = 1e-3;

module.exports = {
  name: 'the page answers as the library',
  /** @param {any} stage */
  async prove({ browser, site, library, classifier, folder, at }) {
    const camera = await CameraPage.open(browser, site.address);
    await camera.load();
    let largest = 0;
    /** @param {string} what @param {number[]} seen @param {string | Buffer} picture */
    const compare = async (what, seen, picture) => {
      const { probabilities } = await library.predictPicture(classifier, picture);
      const difference = Math.max(
        ...probabilities.map((/** @type {number} */ value, /** @type {number} */ i) =>
          Math.abs(value - (seen[i] ?? NaN)),
        ),
      );
      assert.ok(
        difference <= TOLERANCE,
        `${what}: ${seen} in the browser, ${probabilities} in the library`,
      );
      largest = Math.max(largest, difference);
    };

    await camera.look('whole');
    const pictures = await writePictures(folder);
    for (const picture of pictures) {
      await compare(path.basename(picture), await camera.openFile(picture), picture);
    }

    await camera.page.locator('#camera').click();
    /** @type {Record<string, Buffer>} */
    const saved = {};
    for (const look of /** @type {const} */ (['whole', 'middle', 'face'])) {
      await camera.look(look);
      if (look === 'whole') await camera.page.waitForTimeout(1500);
      if (look === 'whole') await camera.page.locator('#freeze').click();
      await camera.page.waitForTimeout(1500);
      saved[look] = await camera.download('save', at(`${look}.png`));
      await compare(`camera, ${look}`, await camera.probabilities(), at(`${look}.png`));
    }
    await facesAreWhereTheLibraryFindsThem(saved);
    await camera.close();
    return `largest difference ${largest.toExponential(1)} on ${pictures.length} files and 3 cuts of a camera's picture; the face is cut out where findFaces finds it`;
  },
};

/** @param {Record<string, Buffer>} saved */
async function facesAreWhereTheLibraryFindsThem({ whole, face }) {
  const { findFaces } = require(path.join(dist, 'faces', 'findFaces.js'));
  const { loadFaceNetworks } = require(path.join(dist, 'faces', 'loadFaceNetworks.js'));
  const { squareAround } = require(path.join(dist, 'camera', 'pixels', 'squares.js'));
  const { finder } = await loadFaceNetworks();
  const { width = 0, height = 0 } = await sharp(whole).metadata();
  const [found] = await findFaces(finder, whole, [width, height]);
  const { left, top, side } = squareAround(found);
  const expected = await sharp(whole)
    .extract({ left, top, width: side, height: side })
    .raw()
    .toBuffer();
  assert.ok(expected.equals(await sharp(face).raw().toBuffer()), 'another face was cut out');
}
