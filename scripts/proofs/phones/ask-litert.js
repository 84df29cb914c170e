const path = require('node:path');
const { python } = require('../../setup/paths');
const { cleanEnvironment } = require('../../setup/python-environment');
const { runCommand } = require('../../setup/run-command');
const { runProgram } = require('../../bench/run-program');

const VERSION = '2.3.0';

/**
 * Asks ai-edge-litert, which is installed for this alone.
 * @param {string} folder with the files, and the pictures in pictures.f32
 * @param {string[]} files
 * @param {number[]} shape of the pictures
 * @returns {Promise<{ which: string, answers: number[][] }>} of each file the answers
 */
async function askLitert(folder, files, shape) {
  const packages = path.join(folder, 'litert');
  const env = { ...cleanEnvironment(), PYTHONPATH: packages };
  const install = ['-m', 'uv', 'pip', 'install', '--python', python, '--target', packages];
  await runCommand(python, [...install, `ai-edge-litert==${VERSION}`], { env: cleanEnvironment() });
  const script = path.join(__dirname, 'ask_litert.py');
  const { answer } = await runProgram(python, [script, folder, JSON.stringify(shape), ...files], {
    env,
  });
  return { which: `ai-edge-litert ${VERSION}`, answers: answer.answers };
}

module.exports = { askLitert };
