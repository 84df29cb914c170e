const fs = require('node:fs');

/**
 * Lets a cell that reads what is typed in a terminal say that there is none, where it would wait for ever; and a program
 * that a cell starts find nothing there.
 */
function refuseStdin() {
  // The lowest free descriptor, so that it is standard input.
  fs.closeSync(0);
  fs.openSync('/dev/null', 'r');
  Object.defineProperty(process, 'stdin', {
    configurable: true,
    get() {
      throw new Error(
        "Cannot read from process.stdin: a notebook has no terminal to type into. Write the value into the cell, as in const name = 'Ada', and run it.",
      );
    },
  });
}

module.exports = { refuseStdin };
