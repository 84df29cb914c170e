const assert = require('node:assert');
const os = require('node:os');
const { CameraPage } = require('../camera-page');

/** What issue and README promise. */
const [MOST_SECONDS, LEAST_FRAMES, MOST_MEGABYTES] = [3, 8, 6];

module.exports = {
  name: 'speed and size',
  /** @param {any} stage */
  async prove({ browser, site }) {
    const camera = await CameraPage.open(browser, site.address);
    let bytes = 0;
    let modelBytes = 0;
    const received = /** @type {Promise<void>[]} */ ([]);
    /** @type {string | undefined} */
    let weights;
    camera.page.on('response', (response) => {
      const url = response.url();
      if (!url.startsWith('http') || response.fromServiceWorker()) return;
      received.push(
        response.body().then((body) => {
          if (url.endsWith('/model.json'))
            weights = JSON.parse(String(body)).weightsManifest[0].paths[0];
          if (/weights-/.test(url)) modelBytes += url.endsWith(String(weights)) ? body.length : 0;
          bytes += body.length;
        }),
      );
    });
    const start = Date.now();
    await camera.page.goto(site.address);
    await camera.page.locator('#camera').click();
    await camera.isAnswered();
    const seconds = (Date.now() - start) / 1000;
    await Promise.all(received);
    await camera.page.waitForTimeout(10_000);
    const frames = Number(await camera.page.locator('#speed').getAttribute('data-rate'));
    assert.deepStrictEqual(camera.problems, []);
    await camera.close();
    const megabytes = (bytes - modelBytes) / 1e6;
    const [load = 0] = os.loadavg();
    const said = `first answer ${seconds.toFixed(1)} s after a cold load (must be ${MOST_SECONDS} at most), ${frames.toFixed(1)} frames a second with WebAssembly, the face found and classified (must be ${LEAST_FRAMES}), ${megabytes.toFixed(2)} MB without the network of ${(modelBytes / 1e6).toFixed(2)} (must be ${MOST_MEGABYTES} at most); ${os.cpus().length} cores, load ${load.toFixed(1)}`;
    assert.ok(
      seconds <= MOST_SECONDS && frames >= LEAST_FRAMES && megabytes <= MOST_MEGABYTES,
      said,
    );
    return said;
  },
};
