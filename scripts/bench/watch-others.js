const fs = require('node:fs');
const path = require('node:path');

/** Share of the processors' time that others may take without the figures losing their worth. */
const quietShare = 0.05;

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
    const busy = now.busy - before.busy - (now.own - before.own);
    return all > 0 ? Math.max(0, busy / all) : 0;
  };
}

/**
 * Linux's own accounts, in ticks: https://man7.org/linux/man-pages/man5/proc_stat.5.html and proc_pid_stat.5.
 * @param {string} proc
 * @returns {{ all: number, busy: number, own: number }} own: of this process and those that it started and that ended
 */
function ticks(proc) {
  const [total = ''] = fs.readFileSync(path.join(proc, 'stat'), 'utf8').split('\n');
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] =
    total.split(/\s+/).slice(1).map(Number);
  const busy = user + nice + system + irq + softirq + steal;
  const text = fs.readFileSync(path.join(proc, 'self', 'stat'), 'utf8');
  // After the program's name, which may hold spaces, the third field comes first; the times are those from the 14th on.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const own = fields.slice(11, 15).reduce((sum, time) => sum + time, 0);
  return { all: busy + idle + iowait, busy, own };
}

/**
 * @param {number} share of the processors' time that others took
 * @returns {string | undefined} a sentence when the machine is not quiet
 */
function busyWarning(share) {
  if (share <= quietShare) return undefined;
  return `The machine is busy: other programs take ${shareInWords(share)}, so these figures are not worth keeping.`;
}

/** Looks for a second, and warns before many minutes are spent in vain. */
async function warnEarly() {
  const othersShare = watchOthers();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const warning = busyWarning(othersShare());
  if (warning) console.error(warning);
}

/** @param {number} share */
function shareInWords(share) {
  return `${(100 * share).toFixed(1)} % of the processors’ time`;
}

module.exports = { busyWarning, shareInWords, warnEarly, watchOthers };
