/**
 * @typedef {object} Ending
 * @property {() => Promise<void> | void} orderly
 * @property {() => void} [atOnce] what can still be done while the process ends; `orderly` where nothing is given
 */

/** @type {Ending[]} */
const endings = [];

/** @type {Promise<void> | undefined} */
let isEnding;

/**
 * Remembers how to end what has been started. The last started is the first to end.
 * @param {Ending} ending
 */
function atTheEnd(ending) {
  endings.push(ending);
}

/** Ends all that was started, once, whoever asks. */
function endAll() {
  isEnding ??= (async () => {
    for (let ending = endings.at(-1); ending; ending = endings.at(-1)) {
      try {
        await ending.orderly();
      } catch (error) {
        console.error(error);
        process.exitCode = 1;
      }
      endings.splice(endings.indexOf(ending), 1);
    }
  })();
  return isEnding;
}

/** @type {Array<[NodeJS.Signals, number]>} */
const signals = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
];
for (const [signal, status] of signals) {
  // A second Ctrl-C finds no handler, and the process ends at once.
  process.once(signal, async () => {
    console.log('Stopped; ending what was started …');
    await endAll();
    process.exit(status);
  });
}
process.on('exit', () => {
  for (const { orderly, atOnce = orderly } of endings.reverse()) atOnce();
});

module.exports = { atTheEnd, endAll, isEnding: () => isEnding !== undefined };
