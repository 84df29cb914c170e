const fs = require('node:fs');
const { root } = require('./setup/paths');

/** All names of JupyterLab's option for the folder that it shows. */
const FOLDER = ['--ServerApp.root_dir', '--notebook-dir', '--ServerApp.notebook_dir'];

/**
 * The options with which JupyterLab starts: it shows the project, opened on lesson 1. Options that are given come instead
 * of ours of the same meaning, for JupyterLab refuses an option that is there twice.
 *
 * @param {string[]} given as behind `npm run lab --`
 * @returns {string[]}
 */
function labArguments(given) {
  /** @param {string[]} names */
  const names = (names) =>
    given.some((arg) => names.includes(/** @type {string} */ (arg.split('=')[0])));
  // As behind `jupyter lab`, what is no option is a folder, or a notebook to be opened.
  const hasPlace = given.some((arg) => !arg.startsWith('-') && fs.existsSync(arg));
  if (names(FOLDER) || hasPlace) return given;
  // Given as an argument the lesson would hide the folders beside it: data, src and the models that it saves.
  const ours = [`--ServerApp.root_dir=${root}`];
  if (!names(['--LabApp.default_url'])) {
    ours.push('--LabApp.default_url=/lab/tree/notebooks/01-happy-or-sad.ipynb');
  }
  return [...ours, ...given];
}

module.exports = { labArguments };
