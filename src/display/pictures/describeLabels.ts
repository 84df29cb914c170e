/** Runs of equal labels that are told; a longer list no one would listen to. */
const MAX_RUNS = 40;

/** Characters of a label that are told. */
const MAX_LENGTH = 80;

/**
 * Says in words what a picture grid shows, for readers who cannot see it.
 *
 * @param count number of pictures
 * @param labels one label a picture, or none
 * @returns one sentence without a full stop; equal neighbours are counted, not repeated
 *
 * @example
 * describeLabels(3, ['happy', 'happy', 'sad']); // 'Grid of 3 pictures: happy × 2, sad'
 */
export function describeLabels(count: number, labels: readonly string[] = []): string {
  const runs: { label: string; length: number }[] = [];
  for (const text of labels) {
    const label = shorten(text.replace(/\s+/g, ' ').trim());
    const run = runs.at(-1);
    if (run?.label === label) run.length += 1;
    else runs.push({ label, length: 1 });
  }
  const listed = runs
    .slice(0, MAX_RUNS)
    .map(({ label, length }) => (length > 1 ? `${label} × ${length}` : label));
  const more = runs.slice(MAX_RUNS).reduce((sum, { length }) => sum + length, 0);
  if (more > 0) listed.push(`and ${more} more`);
  const grid = `Grid of ${count} ${count === 1 ? 'picture' : 'pictures'}`;
  return listed.length === 0 ? grid : `${grid}: ${listed.join(', ')}`;
}

function shorten(label: string): string {
  return label.length <= MAX_LENGTH ? label : `${label.slice(0, MAX_LENGTH - 1)}…`;
}
