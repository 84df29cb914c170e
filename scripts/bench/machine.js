const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

/** What a figure depends on; no name of a host or a person. */
function machine() {
  const cpu = (os.cpus()[0]?.model ?? 'unknown').replace(/\s+/g, ' ').trim();
  const release = '/etc/os-release';
  const about = fs.existsSync(release) ? fs.readFileSync(release, 'utf8') : '';
  const distribution = /^PRETTY_NAME="?([^"\n]+)/m.exec(about)?.[1] ?? 'unknown';
  return {
    cpu,
    cores: os.availableParallelism(),
    memory: `${(os.totalmem() / 2 ** 30).toFixed(0)} GiB`,
    system: `${distribution}, Linux ${os.release()}`,
  };
}

/**
 * Begins to watch how much of the processors' time goes to others: to programs that this process has not started, and,
 * in a virtual machine, to the neighbours on its host.
 * @param {string} [proc] the folder of Linux's accounts
 * @returns {() => number} the share of all the processors' time since then, 0–1
 */
function watchOthers(proc = '/proc') {
  const before = ticks(proc);
  return () => {
    const now = ticks(proc);
    const all = now.all - before.all;
    const others = all - (now.idle - before.idle) - (now.own - before.own);
    return all > 0 ? Math.max(0, others / all) : 0;
  };
}

/**
 * Linux's own accounts, in ticks: https://man7.org/linux/man-pages/man5/proc_stat.5.html and proc_pid_stat.5.
 * @param {string} proc @returns own: of this process and those that it started and that ended
 */
function ticks(proc) {
  const read = (/** @type {string} */ file) => fs.readFileSync(path.join(proc, file), 'utf8');
  // user, nice, system, idle, iowait, irq, softirq, steal
  const times = read('stat').split(/\s+/).slice(1, 9).map(Number);
  // The 14th to 17th field; the second, the program's name in brackets, may hold spaces.
  const own = read('self/stat').replace(/.*\)/s, '').split(' ').slice(12, 16).map(Number);
  const sum = (/** @type {number[]} */ some) => some.reduce((all, time) => all + time, 0);
  return { all: sum(times), idle: sum(times.slice(3, 5)), own: sum(own) };
}

/** @param {number} share of the processors' time that others took @returns {string | undefined} unless it is little */
function busyWarning(share) {
  if (share <= 0.05) return undefined;
  return `The machine is busy: other programs take ${shareInWords(share)}, so these figures are not worth keeping.`;
}

/** @param {number} share */
const shareInWords = (share) => `${(100 * share).toFixed(1)} % of the processors’ time`;

module.exports = { busyWarning, machine, shareInWords, watchOthers };
