/**
 * Lets a cell that calls process.exit(), as scripts do at their end, end alone: the kernel would be gone, and with it all
 * variables and what the cell has written last.
 * @param {() => boolean} isInCell whether a cell's own code runs
 */
function refuseExit(isInCell) {
  const { exit } = process;
  process.exit = (code) => {
    if (!isInCell()) return exit(code);
    throw new Error(
      'Cannot end the process: the kernel would be gone with all variables, so process.exit() ends this cell alone. Kernel → Shut Down Kernel ends the kernel.',
    );
  };
}

module.exports = { refuseExit };
