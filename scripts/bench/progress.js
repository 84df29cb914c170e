/** Tells on standard error what is being done: in a terminal in place, elsewhere line by line. */
function progress() {
  const { isTTY } = process.stderr;
  return {
    /** @param {string} text */
    told: (text) => {
      const line = isTTY ? `\r\x1b[2K${text.slice(0, process.stderr.columns - 1)}` : `${text}\n`;
      process.stderr.write(line);
    },
    end: () => {
      if (isTTY) process.stderr.write('\r\x1b[2K');
    },
  };
}

module.exports = { progress };
