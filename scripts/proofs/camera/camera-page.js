const fs = require('node:fs');
const { until } = require('../../browser/until');

/**
 * @typedef {import('playwright-core').Browser} Browser
 * @typedef {import('playwright-core').BrowserContextOptions} ContextOptions
 */

/** The camera page in a browser, used as a person uses it. */
class CameraPage {
  /**
   * @param {import('playwright-core').Page} page
   * @param {string} address
   */
  constructor(page, address) {
    this.page = page;
    this.address = address;
    /**
     * Requests to other hosts, errors, and what the browser complains about.
     * @type {string[]}
     */
    this.problems = [];
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(address) && !/^(?:blob|data):/.test(url))
        this.problems.push(`asked ${url}`);
    });
    page.on('pageerror', (error) => this.problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(message.text());
    });
  }

  /**
   * @param {Browser} browser
   * @param {string} address
   * @param {ContextOptions} [options]
   */
  static async open(browser, address, options) {
    const context = await browser.newContext({ acceptDownloads: true, ...options });
    context.setDefaultTimeout(60_000);
    return new CameraPage(await context.newPage(), address);
  }

  /** @param {string} [query] */
  async load(query = '') {
    await this.page.goto(this.address + query);
    await this.isReady();
  }

  async isReady() {
    await until(
      'a network that is ready',
      () => this.text('engine'),
      (text) => text.startsWith('Your network is ready'),
    );
  }

  /** @param {string} id */
  async text(id) {
    return (await this.page.locator(`#${id}`).textContent()) ?? '';
  }

  /** @param {'face' | 'middle' | 'whole'} look */
  async look(look) {
    await this.page.locator(`input[name="look"][value="${look}"]`).check();
  }

  /** Until another answer stands there than «–». */
  async isAnswered() {
    await until(
      'an answer',
      () => this.text('said'),
      (text) => /\(\d+\.\d %\)/.test(text),
    );
  }

  /** @returns {Promise<number[]>} one a class */
  async probabilities() {
    return this.page
      .locator('#bars [role="meter"]')
      .evaluateAll((all) => all.map((each) => Number(each.getAttribute('aria-valuenow'))));
  }

  /**
   * Opens a file, and waits for its answer.
   * @param {string} file
   */
  async openFile(file) {
    const meters = this.page.locator('#bars [role="meter"]');
    await meters.evaluateAll((all) => all.forEach((each) => each.removeAttribute('aria-valuenow')));
    await this.page.locator('#file').setInputFiles(file);
    const meter = this.page.locator('#bars [role="meter"][aria-valuenow]').first();
    await meter.waitFor();
    return this.probabilities();
  }

  /**
   * What a button downloads.
   * @param {string} id
   * @param {string} file where it is kept
   */
  async download(id, file) {
    const [download] = await Promise.all([
      this.page.waitForEvent('download'),
      this.page.locator(`#${id}`).click(),
    ]);
    await download.saveAs(file);
    return fs.readFileSync(file);
  }

  async close() {
    await this.page.context().close();
  }
}

module.exports = { CameraPage };
