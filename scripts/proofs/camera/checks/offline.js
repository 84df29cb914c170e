const assert = require('node:assert');
const path = require('node:path');
const { root } = require('../../../setup/paths');
const { CameraPage } = require('../camera-page');

module.exports = {
  name: 'it is an app that needs no network',
  /** @param {any} stage */
  async prove({ browser, site }) {
    const camera = await CameraPage.open(browser, site.address);
    await camera.load();
    await camera.page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    const session = await camera.page.context().newCDPSession(camera.page);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // A window of a private kind, as tests have, offers no installation.
    const errors = installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito');
    assert.deepStrictEqual(errors, []);
    await camera.page.reload();
    await camera.isReady();
    await camera.page.context().setOffline(true);
    await camera.page.reload();
    await camera.isReady();
    await camera.look('whole');
    const picture = path.join(root, 'data/portraits/barack-obama.jpg');
    const [first] = await camera.openFile(picture);
    await camera.page.locator('#camera').click();
    await camera.page.locator('#classes button').first().click();
    await camera.page
      .getByText(/20 pictures/)
      .last()
      .waitFor();
    await camera.close();
    return `installable (a window of a test apart); loaded anew without a network it answers (${first?.toFixed(4)}) and can be taught`;
  },
};
