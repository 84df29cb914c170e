const fs = require('node:fs');
const os = require('node:os');

/** Share of the cores that other programs may keep busy without the figures losing their worth. */
const quietShare = 0.5;

/**
 * What a figure depends on; no name of a host or a person.
 * @returns {{ cpu: string, cores: number, memory: string, system: string }}
 */
function machine() {
  const cpu = (os.cpus()[0]?.model ?? 'unknown').replace(/\s+/g, ' ').trim();
  return {
    cpu,
    cores: os.availableParallelism(),
    memory: `${(os.totalmem() / 2 ** 30).toFixed(0)} GiB`,
    system: `${distribution()}, Linux ${os.release()}`,
  };
}

function distribution() {
  try {
    const release = fs.readFileSync('/etc/os-release', 'utf8');
    return /^PRETTY_NAME="?([^"\n]+)/m.exec(release)?.[1] ?? 'unknown';
  } catch {
    return 'unknown';
  }
}

/**
 * @param {number} load mean number of programs that wanted a core in the last minute
 * @param {number} cores
 * @returns {string | undefined} a sentence when the machine is not quiet
 */
function loadWarning(load, cores) {
  if (load <= quietShare * cores) return undefined;
  return (
    `The machine was busy before the run (load average ${load.toFixed(1)} on ${cores} cores): ` +
    'these figures are not worth keeping.'
  );
}

module.exports = { loadWarning, machine };
