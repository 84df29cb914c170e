const fs = require('node:fs');
const os = require('node:os');

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

module.exports = { machine };
