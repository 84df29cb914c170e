const fs = require('node:fs');
const path = require('node:path');
const { root } = require('../../../scripts/setup/paths');
const { until } = require('../../../scripts/browser/until');

/**
 * @typedef {import('playwright-core').Locator} Locator
 * @typedef {import('playwright-core').Page} Page
 * @typedef {{ cell_type: string, source: string | string[], outputs?: object[] }} CellJson
 */

/** Where JupyterLab shows an error, and where it shows what was written to standard error. */
const errors = [
  '[data-mime-type="application/vnd.jupyter.error"]',
  '[data-mime-type="application/vnd.jupyter.stderr"]',
].join();

/** A notebook that is open in JupyterLab, and used as a person uses it. */
class Notebook {
  /**
   * @param {Page} page
   * @param {string} address of JupyterLab
   */
  constructor(page, address) {
    this.page = page;
    this.address = address;
    /** The tab in front. */
    this.panel = page.locator('.jp-NotebookPanel:not(.lm-mod-hidden)');
    /** @type {CellJson[]} */
    this.cells = [];
  }

  /**
   * Opens a notebook alone, and waits until it stands there whole and its kernel can be asked.
   * @param {string} file from the project's root
   */
  async open(file) {
    await this.page.goto(`${this.address}/lab/tree/${file}?reset`);
    await this.isThere(file);
  }

  /** As F5 does. */
  async reload() {
    const [, file = ''] = /\/lab\/tree\/([^?]+)/.exec(this.page.url()) ?? [];
    await this.page.reload();
    await this.isThere(file);
  }

  /** @param {string} file */
  async isThere(file) {
    this.cells = JSON.parse(fs.readFileSync(path.join(root, file), 'utf8')).cells;
    await until(
      `the ${this.cells.length} cells of ${file}`,
      () => this.panel.locator('.jp-Cell').count(),
      (count) => count === this.cells.length,
    );
    await this.page.locator('#jupyterlab-splash').waitFor({ state: 'detached' });
    await until(
      'an idle kernel',
      () => this.status(),
      (status) => status === 'idle',
    );
  }

  /** @returns {Promise<string | null>} what the toolbar says of the kernel: idle, busy, connecting … */
  async status() {
    const indicator = this.panel.locator('.jp-Notebook-ExecutionIndicator');
    return (await indicator.count()) ? indicator.getAttribute('data-status') : null;
  }

  /**
   * A cell of the file, by a piece of its code.
   * @param {string} source
   * @returns {Locator}
   */
  cell(source) {
    const index = this.cells.findIndex(
      ({ cell_type: type, source: all }) =>
        type === 'code' && [all].flat().join('').includes(source),
    );
    if (index < 0) throw new Error(`No cell has the code "${source}"`);
    return this.panel.locator('.jp-Cell').nth(index);
  }

  /** @returns {Locator} the cell that the keyboard belongs to */
  get active() {
    return this.panel.locator('.jp-Cell.jp-mod-active');
  }

  /**
   * Chooses a command by the keyboard, from the list that Ctrl+Shift+C opens.
   * @param {string} label its whole name
   */
  async command(label) {
    const { keyboard } = this.page;
    const palette = this.page.locator('.jp-ModalCommandPalette');
    const field = palette.locator('input:focus');
    await until(
      'the list of commands',
      async () => {
        // While JupyterLab still puts a notebook in its place it may take no notice of keys.
        await keyboard.press('Control+Shift+KeyC');
        return field.waitFor({ timeout: 5000 }).then(
          () => true,
          () => false,
        );
      },
      (isOpen) => isOpen,
    );
    await keyboard.type(label);
    await palette
      .locator('.lm-CommandPalette-item.lm-mod-active .lm-CommandPalette-itemLabel', {
        hasText: new RegExp(`^${label}$`),
      })
      .waitFor();
    await keyboard.press('Enter');
    await palette.waitFor({ state: 'hidden' });
  }

  /** Runs all cells by the keyboard, and returns as soon as they are waiting for the kernel. */
  async startAll() {
    await this.command('Run All Cells');
    await until(
      'cells that wait for the kernel, [*]',
      () => this.prompts(),
      (prompts) => prompts.includes('[*]:'),
    );
  }

  /**
   * Waits until no cell waits for the kernel any more.
   * @param {number} seconds
   * @throws {Error} as soon as one has failed
   */
  async allHaveRun(seconds) {
    await until(
      'all cells have run, none with an error',
      async () => ({ prompts: await this.prompts(), errors: await this.errors() }),
      ({ prompts, errors: seen }) => {
        if (seen.length > 0) throw new Error(`A cell failed: ${seen.join('\n')}`);
        return prompts.every((prompt) => /^\[\d+\]:$/.test(prompt));
      },
      seconds,
    );
  }

  /** @returns {Promise<string[]>} what stands left of the code cells: [*]: or [7]: */
  async prompts() {
    // Not innerText: cells out of sight are not rendered.
    return (await this.panel.locator('.jp-CodeCell .jp-InputPrompt').allTextContents()).map(
      (text) => text.trim(),
    );
  }

  /** @returns {Promise<string[]>} what cells show as errors */
  async errors() {
    return this.panel.locator(errors).allTextContents();
  }

  /** @returns {Locator} the pictures that cells show */
  get pictures() {
    return this.panel.locator('.jp-OutputArea-output img');
  }

  /** @returns {Promise<number[]>} how wide each picture is by itself; 0 where it could not be loaded */
  async pictureWidths() {
    return this.pictures.evaluateAll((all) =>
      all.map((/** @type {any} */ { naturalWidth }) => naturalWidth),
    );
  }

  /**
   * Notes which charts appear under a cell from now on, while the cell runs.
   * @param {Locator} cell
   * @returns {Promise<() => Promise<string[]>>} gives their markup, in the order of their coming
   */
  async watchCharts(cell) {
    await cell.evaluate((/** @type {any} */ element) => {
      element.smileLabSeen = [];
      const look = () => {
        const prompt = element.querySelector('.jp-InputPrompt').textContent.trim();
        const chart = element.querySelector('.jp-Cell-outputWrapper :is(svg, img)')?.outerHTML;
        if (prompt === '[*]:' && chart && chart !== element.smileLabSeen.at(-1)) {
          element.smileLabSeen.push(chart);
        }
      };
      const { MutationObserver } = element.ownerDocument.defaultView;
      const all = { subtree: true, childList: true, characterData: true, attributes: true };
      new MutationObserver(look).observe(element, all);
    });
    return () => cell.evaluate((/** @type {any} */ element) => element.smileLabSeen);
  }

  /**
   * Writes a new cell at the end by the keyboard, and leaves the cursor in it.
   * @param {string} code
   */
  async write(code) {
    const { keyboard } = this.page;
    const count = await this.panel.locator('.jp-Cell').count();
    await this.panel.locator('.jp-Cell').last().click();
    // Command mode; a cell below; into it.
    for (const key of ['Escape', 'b', 'Enter']) await keyboard.press(key);
    await until(
      `${count + 1} cells, and the cursor in the last one`,
      () => this.panel.locator('.jp-Cell:last-of-type.jp-mod-active .cm-content:focus').count(),
      (seen) => seen === 1,
    );
    await keyboard.insertText(code);
  }

  /**
   * Runs the cell that the cursor is in, and waits for its end.
   * @param {number} [seconds]
   * @returns {Promise<string>} the text that it shows
   */
  async run(seconds = 60) {
    await this.start();
    await this.allHaveRun(seconds);
    return this.output(this.active);
  }

  /** Starts the cell that the cursor is in. */
  async start() {
    await this.page.keyboard.press('Control+Enter');
    await until(
      'a cell that has been started, [*]',
      async () => (await this.active.locator('.jp-InputPrompt').textContent())?.trim(),
      (prompt) => prompt !== '[ ]:',
    );
  }

  /**
   * @param {Locator} cell
   * @returns {Promise<string>} the text that it shows
   */
  async output(cell) {
    return (await cell.locator('.jp-OutputArea-output').allInnerTexts()).join('\n');
  }

  /**
   * @param {Locator} cell
   * @returns {Promise<string>} the text that it shows, and that of its pictures
   */
  async everything(cell) {
    const pictures = await cell
      .locator('.jp-OutputArea-output img')
      .evaluateAll((all) => all.map((/** @type {any} */ { alt }) => alt));
    return [await this.output(cell), ...pictures].join('\n');
  }

  /** Removes the cell that the cursor is in. */
  async removeCell() {
    for (const key of ['Escape', 'd', 'd']) await this.page.keyboard.press(key);
  }

  /** Saves, and waits until JupyterLab calls the file saved. */
  async save() {
    await this.page.keyboard.press('Escape');
    await this.page.keyboard.press('Control+KeyS');
    const changed = this.page.locator(
      '.lm-DockPanel-tabBar .lm-TabBar-tab.lm-mod-current.jp-mod-dirty',
    );
    await changed.waitFor({ state: 'detached' });
  }

  /** @param {'light' | 'dark'} theme */
  async theme(theme) {
    await this.command(`Use Theme: JupyterLab ${theme === 'light' ? 'Light' : 'Dark'}`);
    await this.page
      .locator(`body[data-jp-theme-light="${theme === 'light'}"]`)
      .waitFor({ state: 'attached' });
    await this.page.locator('#jupyterlab-splash').waitFor({ state: 'detached' });
  }
}

module.exports = { Notebook };
