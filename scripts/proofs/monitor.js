require('../setup/check-node');
const path = require('node:path');
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { dist } = require('../setup/paths');
const { afterSetUp } = require('../setup/set-up');

const KILLS = 200;
const LATEST_KILL = 60; // ms

/**
 * `npm run test:monitor [-- KILLS]`: kills a process 200 times, by SIGKILL, while the database of served answers grows; all
 * that it has said to be committed must be there, and the database whole. A minute or two.
 */
afterSetUp(async () => {
  const kills = Number(process.argv[2] ?? KILLS);
  const { temporaryFolder } = require('./support/temporary-folder');
  const { ANSWERS } = require(path.join(dist, 'monitoring', 'answersDatabase.js'));
  const Database = require('libsql');
  const folder = path.join(temporaryFolder(), 'served');
  const random = require('seedrandom').alea('monitor');
  let [there, beyond] = [0, 0];
  for (let kill = 1; kill <= kills; kill++) {
    const script = path.join(__dirname, 'monitor', 'write-answers.js');
    const child = spawn(process.execPath, [script, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (said += text));
    await once(child.stdout, 'data');
    await new Promise((resolve) => setTimeout(resolve, random() * LATEST_KILL));
    const ended = once(child, 'close');
    child.kill('SIGKILL');
    const [, signal] = await ended;
    if (signal !== 'SIGKILL') throw new Error(`The writer ended by itself at kill ${kill}`);
    const committed = Number(said.trim().split('\n').at(-1));
    const database = new Database(path.join(folder, ANSWERS));
    const first = (/** @type {string} */ sql) =>
      Object.values(/** @type {any} */ (database.prepare(sql).get()))[0];
    const count = first('SELECT COUNT(*) FROM answers');
    const state = first('PRAGMA integrity_check');
    database.close();
    if (state !== 'ok') throw new Error(`After kill ${kill}: ${state}`);
    if (count < there + committed) {
      throw new Error(`Kill ${kill} has lost ${there + committed - count} answers`);
    }
    if (count > there + committed) beyond++;
    there = count;
  }
  console.log(
    `${kills} kills: ${there} answers, none lost that was said to be committed (after ${beyond} kills the last commit was there and had not been said yet); the database was whole each time`,
  );
  return 0;
});
