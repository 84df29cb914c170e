const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { chromium } = require('playwright-core');
const { unpackChromiumPackage } = require('../proofs/support/chromium-package');
const { atTheEnd } = require('./at-the-end');

/** What a system's own Chromium is called. */
const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser'];

/**
 * Starts the system's Chromium where there is one that works, else the one that an npm package carries, for which
 * nothing needs to be installed. `SMILE_BROWSER=packaged` takes the latter in any case; a path takes that program.
 * @param {string} folder for what it writes
 * @param {string[]} [args] what it is started with besides
 * @returns {Promise<{ browser: import('playwright-core').Browser, which: string }>} which: for people
 * @throws {Error} when the browser does not start
 */
async function startChromium(folder, args = []) {
  const wanted = process.env['SMILE_BROWSER'];
  if (wanted && wanted !== 'packaged') {
    return start({ executablePath: wanted, env: {} }, folder, args);
  }
  const system = wanted ? undefined : systemChromium();
  if (system) {
    try {
      return await start({ executablePath: system, env: {} }, folder, args);
    } catch (error) {
      // Ubuntu's is a script that asks for another package system, for one.
      const [reason] = /** @type {Error} */ (error).message.split('\n');
      console.log(`${system} does not start (${reason}), so the packaged Chromium is taken`);
    }
  }
  return start(packagedChromium(folder), folder, args);
}

/** @returns {string | undefined} */
function systemChromium() {
  const folders = (process.env['PATH'] ?? '')
    .split(':')
    .filter((folder) => path.isAbsolute(folder));
  return names
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .find((file) => fs.existsSync(file));
}

/**
 * The package has been made for cloud functions: libraries and fonts that a computer may lack lie beside the program.
 * @param {string} folder for the fonts' cache
 * @returns {{ executablePath: string, env: Record<string, string> }}
 */
function packagedChromium(folder) {
  const files = ['chromium.br', 'al2023.tar.br', 'fonts.tar.br'];
  const unpacked = unpackChromiumPackage('Chromium', files);
  const executablePath = path.join(unpacked, 'chromium');
  const fonts = path.join(folder, 'fonts.conf');
  fs.writeFileSync(
    fonts,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${path.join(unpacked, 'fonts')}</dir>
  <cachedir>${path.join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`,
  );
  // The system's own libraries fit the system better, where it has them.
  const isComplete = spawnSync(executablePath, ['--version']).status === 0;
  return {
    executablePath,
    env: {
      FONTCONFIG_FILE: fonts,
      ...(isComplete ? {} : { LD_LIBRARY_PATH: path.join(unpacked, 'lib') }),
    },
  };
}

/**
 * @param {{ executablePath: string, env: Record<string, string> }} program
 * @param {string} folder
 * @param {string[]} args
 */
async function start({ executablePath, env }, folder, args) {
  const browser = await chromium.launch({
    executablePath,
    args,
    // Its crash reports and settings go nowhere else.
    env: {
      ...environment(),
      ...env,
      HOME: folder,
      XDG_CONFIG_HOME: folder,
      XDG_CACHE_HOME: folder,
    },
    // It opens our own pages only, and the sandbox works neither as root, as in containers, nor on some Linuxes.
    chromiumSandbox: false,
    // We end it ourselves, together with all the rest.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  atTheEnd({ orderly: () => browser.close(), atOnce: () => {} });
  const libraries = env['LD_LIBRARY_PATH'] ? ', with the libraries beside it' : '';
  return { browser, which: `Chromium ${browser.version()} (${executablePath}${libraries})` };
}

/** @returns {Record<string, string>} */
function environment() {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
}

module.exports = { startChromium };
