import {
  type CheckReport,
  isInvalid,
  type PictureProblem,
} from '../../collections/checking/checkReport';

/** Files of one kind that are listed; the whole list is in the report. */
const LISTED = 10;
/** Classes whose numbers of pictures are listed. */
const MOST_CLASSES = 12;

/**
 * Says in a table what `checkPictures` has found: the invalid files first, of each kind the first ten.
 *
 * @returns text in columns, without a line break at its end
 *
 * @example
 * console.log(describeCheck(await checkPictures('data/emotions')));
 * // 320 files, all of which can be used: happy 160, sad 160. Always guessing "happy" is right in 50.0 %.
 * // No problems.
 */
export function describeCheck(report: CheckReport): string {
  const { files, valid, problems } = report;
  const all = `${files} ${files === 1 ? 'file' : 'files'}`;
  const usable = valid === files ? 'all of which can be used' : `${valid} of which can be used`;
  const head = `${all}, ${usable}: ${balance(report)}`;
  if (problems.length === 0) return `${head}\nNo problems.`;

  const kinds = new Map<string, PictureProblem[]>();
  const invalidFirst = [...problems].sort((a, b) => Number(isInvalid(b)) - Number(isInvalid(a)));
  for (const problem of invalidFirst) {
    const { kind } = problem;
    const ofKind = kinds.get(kind);
    if (ofKind) ofKind.push(problem);
    else kinds.set(kind, [problem]);
  }
  const rows = [['', 'problem', 'file', '']];
  for (const [kind, ofKind] of kinds) {
    for (const [i, problem] of ofKind.slice(0, LISTED).entries()) {
      const weight = isInvalid(problem) ? 'invalid' : 'suspect';
      rows.push([i === 0 ? weight : '', i === 0 ? kind : '', problem.file, problem.detail]);
    }
    const more = ofKind.length - LISTED;
    if (more > 0) rows.push(['', '', `… and ${more} more`, '']);
  }
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [head, '', ...lines].join('\n');
}

function balance({ classes }: CheckReport): string {
  const total = classes.reduce((sum, { count }) => sum + count, 0);
  const { name: largest, count: most } = classes.reduce((a, b) => (b.count > a.count ? b : a));
  const counts = classes.map(({ name, count }) => `${name} ${count}`);
  const more = counts.length - MOST_CLASSES;
  const listed =
    counts.slice(0, MOST_CLASSES).join(', ') + (more > 0 ? ` and ${more} more classes` : '');
  if (total === 0) return `${listed}.`;
  const share = ((100 * most) / total).toFixed(1);
  return `${listed}. Always guessing ${JSON.stringify(largest)} is right in ${share} %.`;
}
